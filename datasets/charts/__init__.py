"""Charts and maps of tables: what is drawn (`spec`), its numbers (`figures`, `places`), its picture (`drawing`) and words (`shown`)."""
