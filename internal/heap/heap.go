// Package heap gives a process room: memory that the machine has to spare is
// used to collect garbage less often, which a node's blocks are made of.
//
// Words: the room is how much the heap may grow between two collections, in
// percent of what is alive; the limit is where collecting more often begins.
//
// Invariants:
//  1. Whoever sets GOGC or GOMEMLIMIT is obeyed: nothing is changed then.
//  2. Half of the memory that the process may have is the limit; where nobody
//     says how much that is, nothing is changed.
package heap

import (
	"bytes"
	"math"
	"os"
	"runtime/debug"
	"strconv"
)

// Room is in percent; Go's own default is 100.
const Room = 400

// Where Linux says how much memory there is: of the machine, in KiB, and of the
// container.
const (
	machine   = "/proc/meminfo"
	container = "/sys/fs/cgroup/memory.max"
)

// Widen gives the process room, and returns the limit in bytes; 0 if nothing was
// changed.
func Widen() int64 {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return 0
	}
	limit := memory() / 2
	if limit > 0 {
		debug.SetGCPercent(Room)
		debug.SetMemoryLimit(limit)
	}
	return limit
}

// memory is how much the process may have, in bytes; 0: unknown.
func memory() int64 {
	text, err := os.ReadFile(machine)
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(text, []byte("MemTotal:"))
	total, _, _ := bytes.Cut(rest, []byte("kB"))
	all := number(total)
	if all == 0 || all > math.MaxInt64>>10 {
		return 0
	}
	all <<= 10
	if text, err := os.ReadFile(container); err == nil {
		if own := number(text); own > 0 {
			all = min(all, own)
		}
	}
	return all
}

// number is 0 for what is none, such as "max".
func number(text []byte) int64 {
	n, err := strconv.ParseInt(string(bytes.TrimSpace(text)), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
