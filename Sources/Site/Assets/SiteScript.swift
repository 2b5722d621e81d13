/// The site's only script. Without it everything can be read and entered; with it, a run is followed without reloading
/// the page, and a list is filtered on each choice.
enum SiteScript {
  static let text = """
    "use strict";
    const box = document.getElementById("progress");
    if (box) {
      const events = new EventSource(box.dataset.events);
      let open = false;
      events.onmessage = (event) => {
        const details = box.querySelector("details");
        if (details) open = details.open;
        box.innerHTML = event.data;
        const now = box.querySelector("details");
        if (now) now.open = open;
      };
      events.addEventListener("ended", () => location.reload());
    }
    for (const form of document.querySelectorAll("form.filter")) {
      form.addEventListener("change", (event) => {
        if (event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
      });
    }

    """
}
