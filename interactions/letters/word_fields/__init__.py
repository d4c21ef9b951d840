"""Word's own merge fields: MERGEFIELD, IF, ADDRESSBLOCK and GREETINGLINE, made into ours."""
