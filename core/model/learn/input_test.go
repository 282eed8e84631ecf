package learn_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/model/learn"
)

// inputs draws valid inputs.
var inputs = rapid.Custom(func(t *rapid.T) learn.Input {
	steps := rapid.SliceOfN(rapid.Uint32Range(1, 1000), 1, learn.MaxIndices).Draw(t, "steps")
	var x learn.Input
	at := uint32(0)
	for _, step := range steps {
		at += step
		x.Indices = append(x.Indices, at-1)
	}
	if rapid.Bool().Draw(t, "values") {
		x.Values = rapid.SliceOfN(rapid.Int64Range(-learn.MaxValue, learn.MaxValue), len(steps), len(steps)).Draw(t, "v")
	}
	return x
})

func TestInputsComeBackFromTheirEncodedForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := inputs.Draw(t, "x")
		back, err := learn.DecodeInput(x.Encode())
		if err != nil || !reflect.DeepEqual(x, back) {
			t.Fatalf("%v, %v; want %v", back, err, x)
		}
	})
}

func TestEncodedInputsAreRefused(t *testing.T) {
	million := binary.AppendUvarint(nil, 2_000_000)
	for name, b := range map[string][]byte{
		"empty":                    {},
		"no index":                 {0},
		"a million indices":        append(million, make([]byte, 1000)...),
		"more bytes than any has":  make([]byte, learn.MaxInputSize+1),
		"cut off":                  {4, 1},
		"a byte left over":         {2, 1, 1},
		"a longer number":          {2, 0x81, 0},
		"an index above 32 bits":   {4, 0xff, 0xff, 0xff, 0xff, 0x0f, 1},
		"an endless number":        bytes.Repeat([]byte{0xff}, 20),
		"values that are cut off":  {3, 1},
		"a length above 63 bits":   binary.AppendUvarint(nil, math.MaxUint64),
		"an index above 64 bits":   append([]byte{2}, binary.AppendUvarint(nil, math.MaxUint64)...),
		"values without an index":  {1, 2},
		"a second index before it": {4, 5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1},
	} {
		if x, err := learn.DecodeInput(b); err == nil {
			t.Errorf("%s: decoded as %v", name, x)
		}
	}
}

func FuzzDecodeInput(f *testing.F) {
	f.Add(learn.Input{Indices: []uint32{0, 5, 1023}}.Encode())
	f.Add(learn.Input{Indices: []uint32{7}, Values: []int64{-3}}.Encode())
	f.Add([]byte{0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := learn.DecodeInput(b)
		if err != nil {
			return
		}
		if len(x.Indices) > learn.MaxIndices {
			t.Fatalf("%d indices", len(x.Indices))
		}
		if !bytes.Equal(x.Encode(), b) {
			t.Fatalf("% x is not the one form of %v", b, x)
		}
	})
}

func FuzzDecodeCells(f *testing.F) {
	f.Add(learn.EncodeCells([]learn.Entry{{Cell: learn.Cell{Table: 1, Class: 2, Index: 3}, Value: -4}}))
	f.Add([]byte{0})
	f.Fuzz(func(t *testing.T, b []byte) {
		cells, err := learn.DecodeCells(b, 1000)
		if err != nil {
			return
		}
		if !bytes.Equal(learn.EncodeCells(cells), b) {
			t.Fatalf("% x is not the one form of %v", b, cells)
		}
	})
}

func TestCellsComeBackInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s learn.Memory
		want := map[learn.Cell]int64{}
		for range rapid.IntRange(0, 50).Draw(t, "cells") {
			c := learn.Cell{
				Table: uint8(rapid.IntRange(0, 12).Draw(t, "table")),
				Class: rapid.Uint32Range(0, 3).Draw(t, "class"),
				Index: rapid.Uint32Range(0, 200).Draw(t, "index"),
			}
			want[c] = rapid.Int64Range(-2, 2).Draw(t, "value")
			s.Set(c, want[c])
		}
		for c, v := range want {
			if got := s.Get(c); got != v {
				t.Fatalf("%v: %d, want %d", c, got, v)
			}
		}
		cells, err := learn.DecodeCells(learn.EncodeCells(s.Cells()), 50)
		if err != nil {
			t.Fatal(err)
		}
		var again learn.Memory
		learn.Load(&again, cells)
		if again.Root() != s.Root() || s.Clone().Root() != s.Root() {
			t.Fatal("another root after a round trip")
		}
	})
}
