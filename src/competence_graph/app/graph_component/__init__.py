"""The network as a Streamlit component: click or Enter on a node answers with its identifier."""
