import { createBrowserRouter } from "react-router";
import { areas } from "./area";
import { Missing } from "./Missing";
import { RouteError } from "./RouteError";
import { Shell } from "./Shell";

export const router = createBrowserRouter([
  {
    path: "/",
    element: <Shell />,
    errorElement: <RouteError />,
    children: [...areas.flatMap((area) => area.routes), { path: "*", element: <Missing /> }],
  },
]);
