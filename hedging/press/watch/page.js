// Put into each page as it is served by `hedging watch`, and into no file.
(() => {
  "use strict";
  let edition = null;
  const host = document.createElement("div");
  host.id = "hedging-watch";
  const root = host.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = `
    section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 45vh; overflow: auto;
      box-sizing: border-box; padding: 0.75rem 1.25rem; font: 15px/1.45 system-ui, sans-serif; color: #1c1c1c;
      background: #fff6f4; border-top: 4px solid #b3261e; box-shadow: 0 -4px 18px rgb(0 0 0 / 25%); }
    section.calm { background: #fffbea; border-color: #8a6d00; }
    h2 { margin: 0 0 0.35rem; font-size: 1rem; color: #8c1d18; }
    .calm h2 { color: #5f4b00; }
    ol { margin: 0; padding: 0; list-style: none; }
    li + li { margin-top: 0.6rem; padding-top: 0.6rem; border-top: 1px solid #e0bdb8; }
    pre { margin: 0; font: 14px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
    dl { margin: 0.2rem 0 0; display: grid; grid-template-columns: max-content 1fr; gap: 0 0.75rem; }
    dt { color: #5a4744; } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }`;

  const make = (name, text) => {
    const found = document.createElement(name);
    found.textContent = text || "";
    return found;
  };

  const item = (fault) => {
    const one = make("li");
    one.append(make("pre", fault.what));
    const rest = make("dl");
    for (const word of ["where", "remedy"]) {
      if (fault[word]) rest.append(make("dt", word), make("dd", fault[word]));
    }
    one.append(rest);
    return one;
  };

  const panel = (state) => {
    const faults = state.faults.length > 0;
    const box = make("section");
    box.setAttribute("role", faults ? "alert" : "status");
    if (!faults) box.className = "calm";
    const again = state.building ? " (building again)" : "";
    box.append(make("h2", faults ? `This page is as it was: what was saved last cannot be built${again}` : "To know"));
    const list = make("ol");
    list.append(...state.faults.map(item), ...state.notices.map((text) => item({ what: text })));
    box.append(list);
    return box;
  };

  const show = (state) => {
    const told = state.faults.length + state.notices.length > 0;
    root.replaceChildren(style, ...(told ? [panel(state)] : []));
    // so that the last lines of the page can be scrolled above what is told
    document.body.style.paddingBottom = told ? `${root.lastElementChild.offsetHeight}px` : "";
  };

  document.body.append(host);
  const stream = new EventSource("/_watch/events");
  stream.onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (edition !== null && edition !== state.edition) {
      stream.close(); // else what is told next would start the reload anew
      location.reload();
      return;
    }
    edition = state.edition;
    show(state);
  };
})();
