import type { Area } from "@/app/area";

export const area: Area = {
  nav: [],
  routes: [
    { path: "console/preview", lazy: () => import("./preview/PreviewPage").then((m) => ({ Component: m.PreviewPage })) },
  ],
};
