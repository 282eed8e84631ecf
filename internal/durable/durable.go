// Package durable keeps small records as files that survive a power cut.
//
// Words: a record is a value as JSON in a file of its own.
//
// Invariants:
//  1. A record appears whole or not at all, and only its owner can read it.
//  2. Once Write has returned, the record survives the end of the process and
//     a power cut.
package durable

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/alaya-network/alaya/core/fault"
)

// unfinished begins the names of files that Write has not ended.
const unfinished = ".new-"

// Write keeps v in file, whose folder it makes. An earlier record is replaced.
func Write(file string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fault.Internal("%s: %w", file, err)
	}
	folder := filepath.Dir(file)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, unfinished+"*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(append(text, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(folder)
}

// syncFolder makes the names in a folder survive a power cut.
func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Read reads what Write kept. An absent record is fs.ErrNotExist, another text
// an error of kind invalid.
func Read(file string, v any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, v); err != nil {
		return fault.Invalid("%s: %w", file, err)
	}
	return nil
}

// List returns the records of a folder that end in .json, in order of their
// names, and takes away what a killed Write left. An absent folder has none.
func List(folder string) ([]string, error) {
	left, err := filepath.Glob(filepath.Join(folder, unfinished+"*"))
	if err != nil {
		return nil, fault.Invalid("%s: %w", folder, err)
	}
	for _, file := range left {
		if err := os.Remove(file); err != nil {
			return nil, err
		}
	}
	return filepath.Glob(filepath.Join(folder, "*.json"))
}
