"""What a notebook's outputs and the pages agree on. It imports nothing: pages are made without loading the charts."""

CHART = "application/vnd.vegalite.v6+json"
INVENTED = "invented"  # the source of a figure whose numbers were drawn at random and come from no table
WIDTH = 680  # of the static picture, in pixels; the live chart takes the width of its column
