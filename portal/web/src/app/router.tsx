import { createBrowserRouter } from "react-router";
import { areas } from "./area";
import { Missing } from "./Missing";
import { RouteError } from "./RouteError";
import { Shell } from "./Shell";

/** A page that fails leaves the frame around it standing. */
const pages = { errorElement: <RouteError />, children: [...areas.flatMap((area) => area.routes), { path: "*", element: <Missing /> }] };

export const router = createBrowserRouter([
  { path: "/", element: <Shell />, errorElement: <RouteError />, hydrateFallbackElement: <></>, children: [pages] },
]);
