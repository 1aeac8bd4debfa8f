// Starts Scalar on the document of this host. Scalar takes application/ld+json for application/json and shows the last of the two, so
// plain JSON is put last; elsewhere in the document it comes first.
(async () => {
  const place = document.getElementById("reference");
  const content = await (await fetch(place.dataset.url)).json();
  for (const operation of Object.values(content.paths).flatMap(Object.values)) {
    for (const response of Object.values(operation.responses)) {
      if (!response.content?.["application/json"]) continue;
      const { "application/json": json, ...others } = response.content;
      response.content = { ...others, "application/json": json };
    }
  }
  place.replaceChildren();
  Scalar.createApiReference(place, { content, ...JSON.parse(place.dataset.configuration) });
})();
