package model

import (
	"context"
	"encoding/binary"
	"slices"

	corestore "cosmossdk.io/core/store"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
)

// The index of copies of one model is a trie over its bands, four bits a step.
// Every node is a buffer: a band goes to the root, and only when a node is full
// do its bands go on to its sixteen children. So a band costs a sixteenth of a
// write per level and not one of its own, and to find one is to look through the
// nodes on its way. The newest of equal bands is the nearest to the root, and the
// last in its node.
const (
	bandSize  = 6 + 5 // bytes of an entry: 48 bits of the band, 40 of the number
	bandBits  = 48
	bandMask  = 1<<bandBits - 1
	bandRoom  = 512 // entries of a node that goes on to have children
	bandFan   = 16
	bandDepth = 8 // steps at most; a node there is never full

	// bandsPrefix begins their keys in the store.
	bandsPrefix = 14

	gasPerBand = 3_000 // to find one, or to add one
)

// bands is the index of one model as it lies at a desk; save writes it.
type bands struct {
	store corestore.KVStore
	root  []byte // its key
	read  map[string]*bandNode
	order []*bandNode
}

// bandNode is a node: a byte that says whether it has children, and entries.
type bandNode struct {
	key     []byte // root's and steps
	value   []byte
	changed bool
}

func (k *Keeper) bandsOf(ctx context.Context, m id.ModelID) *bands {
	root := append([]byte{bandsPrefix}, m...)
	return &bands{store: k.store.OpenKVStore(unmetered(ctx)), root: root, read: map[string]*bandNode{}}
}

// find returns the contribution of a band, 0 for none.
func (b *bands) find(band model.Band) (uint64, error) {
	want := uint64(band) & bandMask
	path := slices.Clone(b.root)
	for {
		n, err := b.node(path)
		if err != nil {
			return 0, err
		}
		if found := n.find(want); found > 0 || !n.split() {
			return found, nil
		}
		path = append(path, stepOf(want, len(path)-len(b.root)))
	}
}

// add lets a band name a contribution from now on.
func (b *bands) add(band model.Band, number uint64) error {
	if number>>40 > 0 {
		return fault.Limit("model: contribution %d: the index of copies ends at %d", number, uint64(1)<<40-1)
	}
	root, err := b.node(b.root)
	if err != nil {
		return err
	}
	entry := binary.LittleEndian.AppendUint64(nil, uint64(band)&bandMask|number<<bandBits)
	return b.push(root, 0, append(entry, byte(number>>16), byte(number>>24), byte(number>>32)))
}

// push adds entries to a node, and empties it into its children if it is full.
func (b *bands) push(n *bandNode, depth int, entries []byte) error {
	n.value, n.changed = append(n.value, entries...), true
	if len(n.value) <= 1+bandRoom*bandSize || depth == bandDepth {
		return nil
	}
	var parts [bandFan][]byte
	for entry := range slices.Chunk(n.value[1:], bandSize) {
		step := stepOf(binary.LittleEndian.Uint64(entry)&bandMask, depth)
		parts[step] = append(parts[step], entry...)
	}
	n.value = []byte{1}
	for step, part := range parts {
		if len(part) == 0 {
			continue
		}
		child, err := b.node(append(slices.Clone(n.key), byte(step)))
		if err != nil {
			return err
		}
		if err := b.push(child, depth+1, part); err != nil {
			return err
		}
	}
	return nil
}

func (b *bands) node(key []byte) (*bandNode, error) {
	if found, ok := b.read[string(key)]; ok {
		return found, nil
	}
	value, err := b.store.Get(key)
	if err != nil {
		return nil, err
	}
	if len(value) == 0 {
		value = []byte{0}
	}
	found := &bandNode{key: slices.Clone(key), value: slices.Clip(value)}
	b.read[string(key)], b.order = found, append(b.order, found)
	return found, nil
}

func (b *bands) save() error {
	for _, n := range b.order {
		if !n.changed {
			continue
		}
		n.changed = false
		if err := b.store.Set(n.key, n.value); err != nil {
			return err
		}
	}
	return nil
}

func (n *bandNode) split() bool { return n.value[0] == 1 }

// find returns the number of a band's last entry.
func (n *bandNode) find(want uint64) uint64 {
	for at := len(n.value) - bandSize; at > 0; at -= bandSize {
		word := binary.LittleEndian.Uint64(n.value[at:])
		if word&bandMask == want {
			rest := n.value[at+8:]
			return word>>bandBits | uint64(rest[0])<<16 | uint64(rest[1])<<24 | uint64(rest[2])<<32
		}
	}
	return 0
}

// stepOf is the step that a band takes from a node.
func stepOf(band uint64, depth int) byte {
	return byte(band >> (bandBits - 4 - 4*depth) & (bandFan - 1))
}

// checkBandNode refuses what is no node of an index of copies.
func checkBandNode(key, value []byte) error {
	const name = 16
	if len(key) < name || len(key) > name+bandDepth || slices.ContainsFunc(key[name:], func(b byte) bool { return b >= bandFan }) {
		return fault.Invalid("model: index of copies: key %x: want a model and at most %d steps", key, bandDepth)
	}
	if len(value) == 0 || value[0] > 1 || len(value)%bandSize != 1 {
		return fault.Invalid("model: index of copies: node %x of %d bytes", key, len(value))
	}
	_, err := id.ParseModelID(string(key[:name]))
	return err
}
