"""How dates are written where no template says how; found by settings.FORMAT_MODULE_PATH."""
