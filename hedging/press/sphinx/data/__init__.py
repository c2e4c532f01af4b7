"""The pages on the data, made from the tables' records: a catalogue, one page a table, and the files to download."""
