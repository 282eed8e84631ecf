package heap_test

import (
	"os"
	"runtime/debug"
	"testing"

	"github.com/alaya-network/alaya/internal/heap"
)

// settings returns what the process is set to.
func settings() (room int, limit int64) {
	room = debug.SetGCPercent(100)
	debug.SetGCPercent(room)
	return room, debug.SetMemoryLimit(-1)
}

func TestWhatTheUserSetIsLeftAlone(t *testing.T) {
	for name, value := range map[string]string{"GOGC": "100", "GOMEMLIMIT": "1GiB"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("GOGC", "")
			t.Setenv("GOMEMLIMIT", "")
			t.Setenv(name, value)
			room, limit := settings()
			if got := heap.Widen(); got != 0 {
				t.Errorf("limit %d, want none", got)
			}
			if r, l := settings(); r != room || l != limit {
				t.Errorf("room %d, limit %d: they were %d and %d", r, l, room, limit)
			}
		})
	}
}

func TestRoomEndsAtHalfOfTheMemory(t *testing.T) {
	if _, err := os.Stat("/proc/meminfo"); err != nil {
		t.Skip("this system does not say how much memory it has")
	}
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	room, limit := settings()
	t.Cleanup(func() {
		debug.SetGCPercent(room)
		debug.SetMemoryLimit(limit)
	})
	half := heap.Widen()
	if half <= 0 {
		t.Fatalf("limit %d", half)
	}
	if r, l := settings(); r != heap.Room || l != half {
		t.Errorf("room %d, limit %d, want %d and %d", r, l, heap.Room, half)
	}
}
