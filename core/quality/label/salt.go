package label

// Salt returns the key of ties and draws, from the rules.
func (t *Table) Salt() [32]byte { return t.salt }
