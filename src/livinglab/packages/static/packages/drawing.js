/* A process drawn beside its list. Without this script the figure stays hidden and the list says everything. */
for (const figure of document.querySelectorAll("[data-drawing]")) {
  const marks = JSON.parse(figure.dataset.marks);
  const canvas = figure.querySelector("[data-drawing-canvas]");
  figure.hidden = false;
  // the wheel goes on scrolling the page; the drawing is moved by dragging and by the buttons
  const viewer = new BpmnJS({ container: canvas, zoomScroll: { enabled: false } });

  viewer.importXML(figure.querySelector("[data-drawing-xml]").value).then(() => {
    const view = viewer.get("canvas");
    const parts = viewer.get("elementRegistry");
    view.zoom("fit-viewport");
    for (const [id, mark] of Object.entries(marks)) {
      if (!parts.get(id)) continue;
      view.addMarker(id, `mark-${mark.kind}`);
      if (parts.get(id).waypoints) continue;
      const word = document.createElement("span");
      word.className = "mark-word";
      word.textContent = mark.label;
      viewer.get("overlays").add(id, { position: { top: -20, left: 0 }, html: word });
    }
    for (const button of figure.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => {
        const step = { in: 1.25, out: 0.8 }[button.dataset.zoom];
        if (step) view.zoom(view.zoom() * step, "auto");
        else view.zoom("fit-viewport");
      });
    }
    figure.dataset.drawn = "yes";
  }).catch(() => {
    figure.hidden = true;
  });
}
