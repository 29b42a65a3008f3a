"""The front door of the web app: ``streamlit run app.py``. Pages, JSON API and SPARQL endpoint in one process."""

import streamlit as st

from competence_graph.api.middleware import middleware
from competence_graph.api.routes import routes
from competence_graph.resources import main_script

app = st.App(main_script(), routes=routes(), middleware=middleware())
