"""`flask run`, `gunicorn wsgi:app` and the like find the site here."""

from feeds import create_app

app = create_app()
