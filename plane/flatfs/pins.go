package flatfs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
)

// A pin's file has no content, so there is nothing that could be half written.
const pinMark = "@"

// AddPin creates the pin's file.
func (d *Driver) AddPin(_ context.Context, p plane.Pin) error {
	path, err := d.pinPath(p)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("flatfs: add pin: %w", err)
	}
	return f.Close()
}

// RemovePin removes the pin's file.
func (d *Driver) RemovePin(_ context.Context, p plane.Pin) error {
	path, err := d.pinPath(p)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("flatfs: remove pin: %w", err)
	}
	return nil
}

// ListPins reads the folder of pins.
func (d *Driver) ListPins(context.Context) ([]plane.Pin, error) {
	files, err := os.ReadDir(d.pins)
	if err != nil {
		return nil, fmt.Errorf("flatfs: list pins: %w", err)
	}
	pins := make([]plane.Pin, 0, len(files))
	for _, f := range files {
		cid, reason, _ := strings.Cut(f.Name(), pinMark)
		p := plane.Pin{CID: id.CID(cid), Reason: reason}
		if err := p.Check(); err != nil {
			return nil, fault.Internal("flatfs: file %s is no pin: %w", filepath.Join(d.pins, f.Name()), err)
		}
		pins = append(pins, p)
	}
	slices.SortFunc(pins, plane.Pin.Compare)
	return pins, nil
}

func (d *Driver) pinPath(p plane.Pin) (string, error) {
	if err := p.Check(); err != nil {
		return "", err
	}
	return filepath.Join(d.pins, p.CID.String()+pinMark+p.Reason), nil
}
