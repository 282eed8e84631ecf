package flatfs

import (
	"os"

	"golang.org/x/sys/unix"
)

// syncEachBlock is off: syncfs flushes any number of blocks in one call.
const syncEachBlock = false

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	return unix.Syncfs(int(f.Fd()))
}
