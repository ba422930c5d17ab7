// The architecture of the page as a failing test: imports point down.
// types <- lib <- api | stores <- hooks <- components <- pages; components/ui knows neither hooks nor stores.
const layers = {
  types: [],
  lib: ["types"],
  api: ["lib", "types"],
  stores: ["lib", "types"],
  hooks: ["api", "stores", "lib", "types"],
  components: ["hooks", "stores", "lib", "types"],
  pages: ["components", "hooks", "stores", "api", "lib", "types"],
};
const known = Object.keys(layers);

const forbidden = known.map((layer) => ({
  name: `${layer}-imports-point-down`,
  severity: "error",
  from: { path: `^src/${layer}/`, pathNot: "\\.test\\.tsx?$" },
  to: { path: "^src/", pathNot: `^src/(${[layer, ...layers[layer]].join("|")})/` },
}));

module.exports = {
  forbidden: [
    ...forbidden,
    {
      name: "ui-has-no-state-of-the-app",
      comment: "components/ui are plain building blocks.",
      severity: "error",
      from: { path: "^src/components/ui/" },
      to: { path: "^src/(hooks|stores|api|pages|components/(?!ui/))" },
    },
    {
      name: "no-unplanned-folders",
      comment: "A new folder under src needs a place in the layers above first.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^src/[^/]+/", pathNot: `^src/(${known.join("|")})/` },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "product-never-imports-tests",
      severity: "error",
      from: { path: "^src/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^(tests|e2e)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.app.json" },
  },
};
