// Draws the page's figures by Plotly, in the colours of the theme and in the room that there is.
"use strict";
const figures = (() => {
  const preferred = matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map();
  const narrow = 560;
  let chosen = null;

  const theme = () => chosen ?? (preferred.matches ? "dark" : "light");

  function template(dark) {
    const ink = dark ? "#e6e9ec" : "#1f2328", faint = dark ? "#a3abb3" : "#57606a";
    const paper = dark ? "#14171a" : "#ffffff", line = dark ? "#343a41" : "#d8dee4";
    const axis = { gridcolor: line, zerolinecolor: line, linecolor: faint, tickcolor: faint, ticks: "outside", automargin: true, title: { standoff: 8 } };
    const axis3 = { gridcolor: line, zerolinecolor: line, linecolor: faint, tickcolor: faint, backgroundcolor: paper, showbackground: false, color: ink };
    return {
      data: {
        scatter: [{ marker: { line: { color: paper } } }],
        scatter3d: [{ marker: { line: { color: paper } } }],
        heatmap: [{ textfont: { color: ink } }]
      },
      layout: {
        font: { family: "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif", size: 13, color: ink },
        paper_bgcolor: paper, plot_bgcolor: paper,
        xaxis: axis, yaxis: axis,
        scene: { xaxis: axis3, yaxis: axis3, zaxis: axis3 },
        hoverlabel: { font: { color: ink }, bgcolor: paper, bordercolor: faint },
        legend: { bgcolor: "rgba(0,0,0,0)" },
        annotationdefaults: { font: { color: ink }, arrowcolor: faint },
        shapedefaults: { line: { color: faint } },
        updatemenudefaults: { bgcolor: paper, bordercolor: line, font: { color: ink } },
        sliderdefaults: { bgcolor: line, activebgcolor: faint, bordercolor: line, tickcolor: faint, font: { color: ink } }
      }
    };
  }

  // What the lines of a legend after the first need: the plot keeps its size.
  function legendHeight(data, width, small) {
    const names = data.filter(trace => trace.name && trace.showlegend !== false).map(trace => trace.name.length);
    const columns = Math.max(1, Math.floor(width / (46 + Math.max(...names, 1) * (small ? 6.2 : 7.2))));
    return names.length < 2 ? 0 : (Math.ceil(names.length / columns) - 1) * (small ? 18 : 20);
  }

  // The layout for a width: the page has the title, and a narrow page has its legend below.
  function fit(figure, width) {
    const given = figure.layout ?? {};
    const layout = structuredClone(given);
    const small = width < narrow;
    delete layout.title;
    layout.template = template(theme() === "dark");
    layout.margin = { l: small ? 48 : 64, r: small ? 12 : 24, t: 16, b: small ? 44 : 56, ...given.margin };
    const aspect = given.meta?.aspect, around = layout.margin.l + layout.margin.r, above = layout.margin.t + layout.margin.b;
    const tallest = 540, controls = given.sliders ? 130 : 0;
    if (aspect) {
      // As wide as the page, or as the tallest plot allows.
      const room = width - around, inner = Math.min(room, given.meta.widest ?? tallest * aspect);
      layout.width = Math.round(inner + around);
      layout.height = Math.round(inner / aspect + above);
    } else {
      layout.width = width;
      const usual = small ? Math.max(330, Math.round(width * 0.95)) : 460;
      layout.height = (given.scene ? Math.min(given.height ?? usual, width + 40) : given.height ?? usual) + controls;
    }
    layout.height += legendHeight(figure.data, layout.width - around, small);
    if (small && given.scene?.camera?.eye) {
      // A scene as wide as it is tall would lose its corners.
      const eye = given.scene.camera.eye;
      layout.scene.camera.eye = { x: 1.35 * eye.x, y: 1.35 * eye.y, z: 1.35 * eye.z };
    }
    layout.font = { size: small ? 11 : 13, ...given.font };
    layout.legend = { orientation: "h", x: 0, y: 1.01, xanchor: "left", yanchor: "bottom", ...given.legend };
    return layout;
  }

  // The traces for a width: a narrow page has no room for a scale beside a surface.
  function traces(figure, width) {
    const data = structuredClone(figure.data);
    for (const trace of data) {
      if (width < narrow && trace.type === "surface" && trace.showscale !== false) {
        trace.colorbar = { ...trace.colorbar, orientation: "h", x: 0.5, y: 0, yanchor: "top", thickness: 10, len: 0.8 };
      }
    }
    return data;
  }

  // Plotly's own buttons would lie on the picture where nothing can hover: there, pinching zooms and a double tap goes back.
  const config = { responsive: false, displaylogo: false, showSendToCloud: false, plotlyServerURL: "", modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d"], displayModeBar: matchMedia("(hover: hover)").matches ? "hover" : false };

  // Draws a figure in an element, or draws the element's figure anew: what the reader has turned or zoomed stays.
  async function draw(element, figure) {
    drawn.set(element, figure);
    const width = Math.max(280, Math.floor(element.clientWidth));
    const layout = { uirevision: "same", ...fit(figure, width) };
    if (figure.frames) {
      await Plotly.react(element, traces(figure, width), layout, config);
      await Plotly.deleteFrames(element);
      await Plotly.addFrames(element, structuredClone(figure.frames));
    } else {
      await Plotly.react(element, traces(figure, width), layout, config);
    }
  }

  function redraw() {
    document.documentElement.dataset.theme = theme();
    return Promise.all([...drawn].map(([element, figure]) => draw(element, figure)));
  }

  function toggle() {
    chosen = theme() === "dark" ? "light" : "dark";
    return redraw();
  }

  function addToggle() {
    const button = document.createElement("button");
    Object.assign(button, { className: "theme", textContent: "◐", title: "light or dark", onclick: toggle });
    button.setAttribute("aria-label", "light or dark");
    document.body.append(button);
  }

  // The figures that stand in the page as JSON.
  async function drawAll() {
    document.documentElement.dataset.theme = theme();
    addToggle();
    const places = [...document.querySelectorAll("figure[data-figure]")];
    if (typeof Plotly === "undefined") {
      for (const place of places) {
        place.querySelector(".plot").outerHTML = "<p class=\"fault\">Plotly could not be loaded: this page was written by a build without npm and needs the network once.</p>";
      }
      return;
    }
    await Promise.all(places.map(place => draw(place.querySelector(".plot"), JSON.parse(place.querySelector("script").textContent))));
    document.documentElement.dataset.ready = "true";
  }

  preferred.addEventListener("change", () => { chosen = null; redraw(); });
  let waiting = 0, seen = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === seen) return;
    seen = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 120);
  });
  return { draw, drawAll, redraw, toggle, theme, template, fit, drawn };
})();
