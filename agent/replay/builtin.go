package replay

import (
	"embed"
	"io/fs"
)

// The table of Dawid and Skene (1979); anaesthesia/SOURCE.txt says more.
//
//go:embed anaesthesia
var builtin embed.FS

// Anaesthesia is the recording that is built in: 45 patients, judged fit for
// anaesthesia from 1 (best) to 4 (worst) by 7 doctors; no gold.
func Anaesthesia() fs.FS {
	folder, err := fs.Sub(builtin, "anaesthesia")
	if err != nil {
		panic(err) // the name is valid
	}
	return folder
}
