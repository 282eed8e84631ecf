import type { Area } from "@/app/area";

export const area: Area = {
  nav: [{ to: "/models", label: "models:nav", order: 50, icon: "model" }],
  routes: [
    { path: "models", lazy: () => import("./ModelsPage").then((m) => ({ Component: m.ModelsPage })) },
    { path: "models/:id", lazy: () => import("./ModelPage").then((m) => ({ Component: m.ModelPage })) },
  ],
};
