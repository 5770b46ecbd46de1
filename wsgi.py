"""What a web server starts: ``gunicorn wsgi:app``."""

from pairing.app import create_app

app = create_app()
