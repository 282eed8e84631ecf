package similar

// SimHash returns the fingerprint of a text: each bit is the one that most of
// its shingles' hashes have. Copies with small changes differ in three bits or
// fewer: see Near.
func SimHash(text string) uint64 {
	var balance [64]int
	for _, h := range shingles(text) {
		for bit := range balance {
			balance[bit] += int(h>>bit&1)*2 - 1
		}
	}
	var print uint64
	for bit, b := range balance {
		if b > 0 {
			print |= 1 << bit
		}
	}
	return print
}
