// Package portal carries the web application: what `npm run build` in
// portal/web left in dist when this program was compiled.
//
// Words: without such a build dist holds nothing but a placeholder, and the
// gateway says how to make one.
package portal

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files returns the application's files, index.html at the top.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is valid
	}
	return files
}
