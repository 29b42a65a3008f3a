"""The pages of the web app in their main states, by name: what the tests of access and of focus open."""

from __future__ import annotations

from competence_graph.app import PAGES

MANAGER, COORDINATOR = "roles:case-manager", "roles:care-coordinator"
THREE = "role=roles:community-nurse-nhs-professionals-2020&role=roles:community-matron-gstt-2020&role=roles:assistant-practitioner-community-nursing-elht-2020"
STATES = {page.path or "home": f"/{page.path}" for page in PAGES} | {
    "home, results": "/?q=falls",
    "home, nothing found": "/?q=zzqqxx+zzqqyy",
    "browse, framework": "/browse?framework=oawip&kind=competence",
    "browse, withdrawn": "/browse?framework=nos",
    "browse, area": "/browse?framework=care-workforce-pathway&area=care-workforce-pathway:b-ways-of-working",
    "compare, two": "/compare?" + THREE.rpartition("&")[0],
    "compare, three": "/compare?" + THREE,
    "compare, too little": f"/compare?role={MANAGER}&role=roles:volunteer-coordinator-midhurst",
    "needs, role": f"/needs?start={COORDINATOR}&target={MANAGER}",
    "needs, model": f"/needs?start={COORDINATOR}&target=oawip:virtual-wards",
    "finder, target": f"/finder?role={MANAGER}&target={COORDINATOR}",
    "frameworks, two": "/frameworks?one=oawip&other=role-profiles",
    "frameworks, nation": "/frameworks?nation=England&audience=support-workers&target=oawip:older-people",
    "graph, role": f"/graph?id={MANAGER}",
    "ask, question": f"/ask?question=requirements-of-role&role={MANAGER}",
    "item, role": f"/item?id={MANAGER}",
    "item, document": "/item?id=oawip:report",
    "lost, unknown": "/nosuchpage",
    "item, unknown": "/item?id=no:such-thing",
    "compare, wrong link": "/compare?role=no:such-thing&v=old",
}
ANSWERS = [name for name in STATES if ", " in name and not name.endswith(("unknown", "wrong link"))]
CHARTS = ("compare, two", "compare, three", "needs, role", "overview")
