package learn_test

import (
	"testing"

	"github.com/alaya-network/alaya/internal/recorded"
	"github.com/alaya-network/alaya/internal/samples"
)

// reviews returns the reviews of films, or skips the test.
func reviews(t testing.TB) samples.Both { return texts(t, samples.Reviews) }

// sentences returns the sentences about films, goods and places, or skips the
// test.
func sentences(t testing.TB) samples.Both { return texts(t, samples.Sentences) }

func texts(t testing.TB, read func(root string) (samples.Both, error)) samples.Both {
	t.Helper()
	b, err := read(recorded.Root(t))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
