package app

import (
	"crypto/sha256"
	"sync"
)

// memory is a bounded set of values by hash: when what was put into a
// generation would weigh more than its room, whether it is still there or not,
// the generation becomes the old one, and the one before is forgotten.
type memory[V any] struct {
	mu         sync.Mutex
	room, load int
	young, old map[[sha256.Size]byte]V
}

func newMemory[V any](room int) *memory[V] {
	return &memory[V]{room: room, young: map[[sha256.Size]byte]V{}}
}

func (m *memory[V]) put(key [sha256.Size]byte, v V, weight int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.load+weight > m.room {
		m.young, m.old, m.load = map[[sha256.Size]byte]V{}, m.young, 0
	}
	m.young[key] = v
	m.load += weight
}

func (m *memory[V]) get(key [sha256.Size]byte) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.find(key)
}

// take is get, and forgets the value.
func (m *memory[V]) take(key [sha256.Size]byte) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.find(key)
	delete(m.young, key)
	delete(m.old, key)
	return v, ok
}

func (m *memory[V]) find(key [sha256.Size]byte) (V, bool) {
	if v, ok := m.young[key]; ok {
		return v, true
	}
	v, ok := m.old[key]
	return v, ok
}
