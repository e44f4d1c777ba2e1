"""How each language writes dates and numbers, where Django writes them otherwise (`FORMAT_MODULE_PATH`)."""
