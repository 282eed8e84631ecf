package similar

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// Side of the grey raster that an image is shrunk to, and of the low
// frequencies that make its fingerprint.
const (
	Side = 32
	low  = 8
)

// Grey is a raster of brightness, 0 black to 255 white, row by row.
type Grey [Side * Side]uint8

// MaxPixels bounds the rasters that Shrink takes.
const MaxPixels = 1 << 28

// Shrink returns the mean brightness of Side × Side boxes of a grey raster,
// pixels row by row; of a raster narrower than that pixels repeat. It returns
// an error of kind invalid when the size does not fit the pixels, of kind limit
// beyond MaxPixels.
func Shrink(pixels []uint8, wide, high int) (*Grey, error) {
	if len(pixels) > MaxPixels {
		return nil, fault.Limit("quality: image of %d pixels: want at most %d", len(pixels), MaxPixels)
	}
	if wide < 1 || high < 1 || len(pixels)%wide != 0 || len(pixels)/wide != high {
		return nil, fault.Invalid("quality: image of %d pixels, %d wide and %d high: want as many as fit", len(pixels), wide, high)
	}
	var g Grey
	for y := range Side {
		top, bottom := box(y, high)
		for x := range Side {
			left, right := box(x, wide)
			sum := 0
			for row := top; row < bottom; row++ {
				for _, p := range pixels[row*wide+left : row*wide+right] {
					sum += int(p)
				}
			}
			area := (bottom - top) * (right - left)
			g[y*Side+x] = uint8((sum + area/2) / area)
		}
	}
	return &g, nil
}

// box returns the pixels, of n, that place i of Side stands for; one at least.
func box(i, n int) (from, to int) {
	from = i * n / Side
	return from, max(from+1, (i+1)*n/Side)
}

// PHash returns the fingerprint of an image: a bit for each of the 8 × 8 lowest
// frequencies of its cosine transform that lies above their median, the
// vertical ones slowest. Computed in integers throughout.
func PHash(g *Grey) uint64 {
	cosine := cosines()
	var across [Side][low]int64 // below 2⁸·2¹⁴·2⁵
	for y := range Side {
		for v := range low {
			for x := range Side {
				across[y][v] += cosine[v][x] * int64(g[y*Side+x])
			}
		}
	}
	var freq [low * low]int64 // below 2⁴⁶
	for u := range low {
		for v := range low {
			for y := range Side {
				freq[u*low+v] += cosine[u][y] * across[y][v]
			}
		}
	}
	sorted := freq
	slices.Sort(sorted[:])
	median := sorted[len(sorted)/2-1] + sorted[len(sorted)/2] // twice it
	var print uint64
	for bit, f := range freq {
		if 2*f > median {
			print |= 1 << bit
		}
	}
	return print
}

// cosines returns cos(π·(2x+1)·u/64)·2¹⁴ for the lowest frequencies u.
func cosines() (c [low][Side]int64) {
	quarter := [Side + 1]int64{ // cos(π·k/64)·2¹⁴, k from 0 to 32
		16384, 16364, 16305, 16207, 16069, 15893, 15679, 15426, 15137, 14811, 14449,
		14053, 13623, 13160, 12665, 12140, 11585, 11003, 10394, 9760, 9102, 8423,
		7723, 7005, 6270, 5520, 4756, 3981, 3196, 2404, 1606, 804, 0,
	}
	for u := range low {
		for x := range Side {
			k := (2*x + 1) * u % 128
			if k > 64 {
				k = 128 - k
			}
			if k <= Side {
				c[u][x] = quarter[k]
			} else {
				c[u][x] = -quarter[64-k]
			}
		}
	}
	return c
}
