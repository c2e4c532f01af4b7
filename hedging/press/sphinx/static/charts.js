/* Brings charts to life when they come into sight. The static picture stays until the live chart is drawn,
   and stays for good if anything fails. Everything is loaded from beside this file: works from a disk too. */
(() => {
  "use strict";
  const home = document.currentScript.src.replace(/[^/]*$/, "");
  const waiting = new Map(), specs = new Map(), scripts = new Map(), views = new Set();

  window.hedgingChart = (name, spec) => { specs.set(name, spec); waiting.get(name)?.(spec); };

  const script = (path) => {
    if (!scripts.has(path)) {
      scripts.set(path, new Promise((done, failed) => {
        const tag = document.createElement("script");
        Object.assign(tag, { src: home + path, onload: done, onerror: () => failed(new Error(path)) });
        document.head.append(tag);
      }));
    }
    return scripts.get(path);
  };
  const load = (name) => specs.has(name) ? Promise.resolve(specs.get(name))
    : new Promise((done, failed) => { waiting.set(name, done); script(`charts/${name}.js`).catch(failed); });

  const enliven = async (box) => {
    if (box.dataset.state) return;
    box.dataset.state = "loading";
    const stage = document.createElement("div");
    stage.className = "chart-stage";
    try {
      const [spec] = await Promise.all([load(box.dataset.chart), script("vega.js")]);
      box.append(stage);
      const { view } = await window.vegaEmbed(stage, structuredClone(spec),
        { renderer: "svg", actions: false, tooltip: { theme: "custom" }, ast: false });
      box.replaceChildren(stage);
      views.add(view);
      box.dataset.state = "live";
    } catch (fault) {
      stage.remove();
      box.dataset.state = "static";
      console.warn("chart stays static:", fault.message);
    }
  };

  const cell = (value) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const save = async (button) => {
    const rows = (await load(button.dataset.chart)).datasets[button.dataset.rows];
    const head = [...new Set(rows.flatMap(Object.keys))];
    const text = [head, ...rows.map((row) => head.map((key) => row[key]))].map((line) => line.map(cell).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text.join("\n") + "\n"], { type: "text/csv" }));
    link.download = `${button.dataset.name}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const seen = new IntersectionObserver((entries) => entries.filter((e) => e.isIntersecting).forEach((e) => {
    seen.unobserve(e.target);
    enliven(e.target);
  }), { rootMargin: "300px" });
  document.querySelectorAll(".chart[data-chart]").forEach((box) => seen.observe(box));
  document.querySelectorAll(".chart-csv").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => save(button));
  });
  window.addEventListener("beforeprint", () => views.forEach((view) => view.resize().run()));
})();
