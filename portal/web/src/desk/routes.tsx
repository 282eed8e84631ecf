import type { Area } from "@/app/area";

export const area: Area = {
  nav: [{ to: "/datasets", label: "dataset:nav", order: 40, icon: "dataset" }],
  routes: [
    { path: "datasets", lazy: () => import("./dataset/DatasetsPage").then((m) => ({ Component: m.DatasetsPage })) },
    { path: "datasets/:id", lazy: () => import("./dataset/DatasetPage").then((m) => ({ Component: m.DatasetPage })) },
  ],
};
