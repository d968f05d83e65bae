/* What is folded away is fetched by whoever opens it, once: on a phone a drawing costs more than the page. */
for (const folded of document.querySelectorAll("[data-on-demand]")) {
  folded.hidden = false;
  folded.addEventListener("toggle", () => {
    for (const address of JSON.parse(folded.dataset.styles)) {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = address;
      document.head.append(link);
    }
    for (const address of JSON.parse(folded.dataset.scripts)) {
      const script = document.createElement("script");
      script.src = address;
      script.async = false; // in this order
      document.body.append(script);
    }
  }, { once: true });
}
