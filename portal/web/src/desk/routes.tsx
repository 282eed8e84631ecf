import type { Area } from "@/app/area";

export const area: Area = {
  nav: [
    { to: "/desk", label: "desk:nav", order: 30, icon: "requests" },
    { to: "/datasets", label: "dataset:nav", order: 40, icon: "dataset" },
  ],
  routes: [
    { path: "desk", lazy: () => import("./home/DeskPage").then((m) => ({ Component: m.DeskPage })) },
    { path: "desk/new", lazy: () => import("./wizard/WizardPage").then((m) => ({ Component: m.WizardPage })) },
    { path: "desk/requests/:id", lazy: () => import("./request/DeskRequestPage").then((m) => ({ Component: m.DeskRequestPage })) },
    { path: "datasets", lazy: () => import("./dataset/DatasetsPage").then((m) => ({ Component: m.DatasetsPage })) },
    { path: "datasets/:id", lazy: () => import("./dataset/DatasetPage").then((m) => ({ Component: m.DatasetPage })) },
  ],
};
