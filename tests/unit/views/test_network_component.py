from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import competence_graph
from competence_graph.app.graph_component import network_component
from competence_graph.app.graph_component.network_component import NAME, payload
from competence_graph.views.network import Edge, Network, Node

PACKAGE = Path(competence_graph.__file__).parent
NETWORK = Network(
    Node("t:a", "</script><img onerror=x>", "role"),
    (Node("t:a", "</script><img onerror=x>", "role"), Node("t:b", "B", "skill")),
    (Edge("t:a", "t:b", "needs or has", "curated", "Report, page 1"),),
)


def test_assets_are_declared_under_the_name_that_is_used() -> None:
    manifest = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))
    component = manifest["tool"]["streamlit"]["component"]["components"][0]
    assert f"{manifest['project']['name']}.{component['name']}" == NAME
    assets = PACKAGE / component["asset_dir"]
    assert assets == Path(network_component.__file__).parent / "assets"
    assert {"network.js", "network.css", "vis-network.min.mjs"} <= {path.name for path in assets.iterdir()}


def test_vendored_library_is_the_one_that_is_described() -> None:
    assets = Path(network_component.__file__).parent / "assets"
    digest = hashlib.sha256((assets / "vis-network.min.mjs").read_bytes()).hexdigest()
    assert digest in (assets / "README.md").read_text(encoding="utf-8")
    assert "Apache License" in (assets / "vis-network.LICENSE-APACHE-2.0.txt").read_text(encoding="utf-8")


def test_script_writes_text_only_and_fetches_nothing() -> None:
    script = (Path(network_component.__file__).parent / "assets" / "network.js").read_text(encoding="utf-8")
    assert not [bad for bad in ("innerHTML", "insertAdjacentHTML", "eval(", "fetch(", "https://") if bad in script]
    assert script.count("http://") == 1  # the name of the SVG namespace
    assert "bindToWindow: false" in script


def test_payload_says_what_the_network_says() -> None:
    data = payload(NETWORK, height=300)
    assert data["description"] == NETWORK.description
    assert [node["id"] for node in data["nodes"]] == ["t:a", "t:b"]
    assert data["edges"] == [{"from": "t:a", "to": "t:b", "relation": "needs or has", "attested": False}]
    assert data["legend"][0]["words"] == "role"
    assert data["nodes"][0]["name"] == "</script><img onerror=x>"  # text; the browser writes it as text


def test_component_mounts_in_an_app() -> None:
    from streamlit.testing.v1 import AppTest

    def page() -> None:
        import streamlit as st

        from competence_graph.app.graph_component.network_component import show
        from competence_graph.views.network import Network, Node

        st.write(show(Network(Node("t:a", "A", "role"), (Node("t:a", "A", "role"),), ()), key="net") or "nothing")

    for _ in range(2):  # a second runtime, as every test and every server has its own
        app = AppTest.from_function(page, default_timeout=20).run()
        assert not app.exception
        assert app.markdown[0].value == "nothing"
