ko_unit(read_text_plain ko_read)
ko_unit(read_text_access ko_read)
