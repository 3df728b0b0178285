"""The pages for people (页面): what each template is given, and what its forms do."""
