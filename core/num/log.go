package num

// LogRatio returns the natural logarithm of a/b in ppm, rounded to the
// nearest; a and b must be positive, else it returns 0.
func LogRatio(a, b int64) int64 {
	if a <= 0 || b <= 0 {
		return 0
	}
	log := log2Int(a) - log2Int(b)                 // below 2⁵⁰ either way
	ppm := int64(mulQ63(uint64(abs(log)), ln2Q63)) // natural, still Q44
	v, _ := MulDiv(ppm, int64(One), 1<<posBits, Nearest)
	if log < 0 {
		return -v
	}
	return v
}
