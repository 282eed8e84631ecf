package memory_test

import (
	"testing"

	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/memory"
	"github.com/alaya-network/alaya/plane/planetest"
)

func TestDriver(t *testing.T) {
	planetest.Run(t, func(*testing.T) plane.Driver { return memory.New() })
}
