"""Turn the guidance into HTML pages. All escaping happens here."""
