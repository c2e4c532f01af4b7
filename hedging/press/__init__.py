"""From notebooks to book: fingerprints, papermill runs, warm kernels and the pages.

Whatever a check of an unchanged book needs imports neither pandas nor nbformat nor papermill: heavy modules
(`engine`, `provisioner`, `sphinx`) are imported where they are used.
"""
