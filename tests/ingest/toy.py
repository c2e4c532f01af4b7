"""The one raw file of the toy sources."""

DATA = b"year,value\n" + b"".join(b"%d,%d\n" % (year, year % 7) for year in range(1000, 5000))
