package similar_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"math/bits"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/similar"
	"github.com/alaya-network/alaya/internal/recorded"
)

func TestTextsAreNormalised(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " \t\n": "", "?!": "", "Hello,  World!": "hello world", "  a-b ": "a b",
		"ÉCOLE № 5": "école 5", "It's\u00a0here": "it s here", "नमस्ते!": "नमस्ते",
	} {
		if got := similar.Normalise(text); got != want {
			t.Errorf("Normalise(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestExactCopiesAreGrouped(t *testing.T) {
	texts := []string{"One thing.", "another", "", "one  THING", "?", "Another!", "one thing"}
	if got, want := fmt.Sprint(similar.Exact(texts)), "[[0 3 6] [1 5]]"; got != want {
		t.Errorf("groups %s, want %s", got, want)
	}
}

// "abcdefg" has the shingles abcde, bcdef, cdefg; "abcdefh" shares two, of four.
func TestJaccardCountsShingles(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want num.Ppm
	}{
		{"abcdefg", "abcdefg", num.One}, {"abcdefg", "abcdefh", 500_000}, {"abcdefg", "hijklmn", 0},
		{"abc", "ABC.", num.One}, {"abc", "abd", 0}, {"", "", 0}, {"", "abc", 0}, {"ééééé", "éééééé", num.One},
	} {
		if got := similar.Jaccard(tt.a, tt.b); got != tt.want {
			t.Errorf("Jaccard(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

// sentence draws words.
func sentence(r *rand.Rand, words int) string {
	var b strings.Builder
	for range words {
		for range 3 + r.IntN(6) {
			b.WriteByte(byte('a' + r.IntN(26)))
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// edited replaces one letter at so many places.
func edited(r *rand.Rand, text string, places int) string {
	b := []byte(text)
	for range places {
		b[r.IntN(len(b))] = byte('a' + r.IntN(26))
	}
	return string(b)
}

func TestNearCopiesAreGrouped(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var texts []string
	const families = 200
	for range families {
		original := sentence(r, 40)
		texts = append(texts, original, edited(r, original, 2), edited(r, original, 40))
	}
	groups, err := similar.Texts(texts, 800_000)
	if err != nil {
		t.Fatal(err)
	}
	if len(groups) != families {
		t.Fatalf("%d groups, want %d", len(groups), families)
	}
	for i, g := range groups {
		if want := fmt.Sprint([]int{3 * i, 3*i + 1}); fmt.Sprint(g) != want {
			t.Errorf("group %v, want %s", g, want)
		}
	}
	for _, share := range []num.Ppm{similar.LeastShare - 1, num.One + 1} {
		if _, err := similar.Texts(texts, share); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("share %v: error %v, want kind invalid", share, err)
		}
	}
}

// Whatever is grouped by all pairs must be grouped by bands, and nothing else.
func TestBandsFindWhatAllPairsFind(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	var texts []string
	for range 60 {
		original := sentence(r, 20)
		texts = append(texts, original, edited(r, original, r.IntN(6)), edited(r, original, r.IntN(6)))
	}
	const share = 800_000
	groups, err := similar.Texts(texts, share)
	if err != nil {
		t.Fatal(err)
	}
	together := map[[2]int]bool{}
	for _, g := range groups {
		for _, i := range g {
			for _, j := range g {
				together[[2]int{int(i), int(j)}] = true
			}
		}
	}
	missed, near := 0, 0
	for i := range texts {
		for j := range i {
			if similar.Jaccard(texts[i], texts[j]) >= share {
				near++
				if !together[[2]int{i, j}] {
					missed++
				}
			}
		}
	}
	if missed > 0 || near < 40 {
		t.Errorf("%d of %d near pairs missed", missed, near)
	}
}

func TestGroupsDoNotDependOnTheNumberOfThreads(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var texts []string
	for range 300 {
		text := sentence(r, 12)
		texts = append(texts, text, edited(r, text, 1))
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var want string
	for _, threads := range []int{1, 4} {
		runtime.GOMAXPROCS(threads)
		groups, err := similar.Texts(texts, 700_000)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = fmt.Sprint(groups)
		}
		if got := fmt.Sprint(groups); got != want {
			t.Errorf("%d threads: groups %s, want %s", threads, got, want)
		}
	}
}

// A crowd that collides in every band must not take time squared: 5,000
// sentences of one template would be 12 million pairs.
func TestCrowdsOfLookalikesAreQuick(t *testing.T) {
	texts := make([]string, 5_000)
	for i := range texts {
		texts[i] = fmt.Sprintf("the quick brown fox jumps over the lazy dog and runs away into the deep dark woods number %d", i)
	}
	groups, err := similar.Texts(texts, 800_000)
	if err != nil {
		t.Fatal(err)
	}
	if len(groups) != 1 || len(groups[0]) != len(texts) {
		t.Errorf("%d groups, want one of all", len(groups))
	}
}

func TestSimHashKeepsSmallChangesNear(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	var near, far int
	for range 300 {
		text := sentence(r, 150)
		print := similar.SimHash(text)
		if bits.OnesCount64(print^similar.SimHash(edited(r, text, 1))) <= 3 {
			near++
		}
		if bits.OnesCount64(print^similar.SimHash(sentence(r, 150))) <= 10 {
			far++
		}
	}
	if near < 240 || far > 0 {
		t.Errorf("%d of 300 small changes lie near, %d of 300 other texts", near, far)
	}
}

func TestNearFindsAllPairsWithinTheDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		distance := rapid.IntRange(0, similar.MaxDistance).Draw(t, "distance")
		r := rand.New(rand.NewPCG(seed, 0))
		prints := make([]uint64, 30)
		for i := range prints {
			prints[i] = r.Uint64()
			if i > 0 && r.IntN(2) == 0 {
				prints[i] = prints[r.IntN(i)]
				for range r.IntN(14) {
					prints[i] ^= 1 << r.IntN(64)
				}
			}
		}
		groups, err := similar.Near(prints, distance)
		if err != nil {
			t.Fatal(err)
		}
		in := map[int32]int{}
		for g, members := range groups {
			for _, i := range members {
				in[i] = g + 1
			}
		}
		for i := range prints {
			alone := true
			for j := range prints {
				if i != j && bits.OnesCount64(prints[i]^prints[j]) <= distance {
					alone = false
					if in[int32(i)] != in[int32(j)] {
						t.Fatalf("%x and %x are not in one group", prints[i], prints[j])
					}
				}
			}
			if alone == (in[int32(i)] != 0) {
				t.Fatalf("%x alone: %v, in group %d", prints[i], alone, in[int32(i)])
			}
		}
	})
	for _, d := range []int{-1, similar.MaxDistance + 1} {
		if _, err := similar.Near(nil, d); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("distance %d: error %v, want kind invalid", d, err)
		}
	}
}

func TestRastersShrinkToMeans(t *testing.T) {
	wide, high := 96, 64
	pixels := make([]uint8, wide*high)
	for i := range pixels {
		x, y := i%wide, i/wide
		pixels[i] = uint8(x/3*2 + y/2*3 + x%3 - 1 + 1)
	}
	g, err := similar.Shrink(pixels, wide, high)
	if err != nil {
		t.Fatal(err)
	}
	for i, got := range g {
		if want := uint8(i%32*2 + i/32*3 + 1); got != want {
			t.Fatalf("place %d is %d, want %d", i, got, want)
		}
	}
	if g, err := similar.Shrink([]uint8{10, 20}, 2, 1); err != nil || g[0] != 10 || g[31] != 20 || g[1023] != 20 {
		t.Errorf("two pixels give %v, error %v", g, err)
	}
	for name, size := range map[string][2]int{"too wide": {97, 64}, "too low": {96, 63}, "no width": {0, 64}, "upside down": {-96, -64}} {
		if _, err := similar.Shrink(pixels, size[0], size[1]); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", name, err)
		}
	}
}

// raster makes an image by a formula.
func raster(of func(x, y int) int) *similar.Grey {
	var g similar.Grey
	for i := range g {
		g[i] = uint8(of(i%similar.Side, i/similar.Side))
	}
	return &g
}

// The reference is SciPy 1.17.1, the transform of the package ImageHash:
//
//	d = dct(dct(g.astype(float), axis=0), axis=1)[:8,:8]
//	sum(1<<i for i,b in enumerate((d > np.median(d)).flatten()) if b)
func TestPHashAgreesWithTheReference(t *testing.T) {
	disc := func(x, y int) int {
		if (x-13)*(x-13)+(y-9)*(y-9) < 70 {
			return 200 + x
		}
		return 20 + x
	}
	for want, g := range map[uint64]*similar.Grey{
		0xfc75f56dfcc00081: raster(func(x, y int) int { return (x*x*3 + y*7 + x*y) % 256 }),
		0x2c4cf3343c2cd3d3: raster(disc),
	} {
		if got := similar.PHash(g); got != want {
			t.Errorf("fingerprint %#x, want %#x", got, want)
		}
	}
}

// Scans of digits, blown up, brightened and made noisy, must stay near what
// they were; other digits must not.
func TestPHashSeesThroughNoise(t *testing.T) {
	f, err := os.Open(filepath.Join(recorded.Root(t), "mnist", "t10k-images-idx3-ubyte.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	const side, images, times = 28, 1000, 4
	r := rand.New(rand.NewPCG(5, 5))
	prints := make([]uint64, 0, 2*images)
	var changed []uint64
	for i := range images {
		pixels := all[16+i*side*side:][:side*side]
		large := make([]uint8, side*times*side*times)
		for at := range large {
			x, y := at%(side*times)/times, at/(side*times)/times
			large[at] = uint8(min(255, 20+int(pixels[y*side+x])*9/10+r.IntN(12)))
		}
		prints = append(prints, fingerprint(t, pixels, side))
		changed = append(changed, fingerprint(t, large, side*times))
	}
	near, far := 0, 0
	for i, p := range prints {
		if bits.OnesCount64(p^changed[i]) <= 8 {
			near++
		}
		if bits.OnesCount64(p^changed[(i+1)%images]) <= 8 {
			far++
		}
	}
	t.Logf("%d of %d changed images lie near, %d other ones", near, images, far)
	if near < images*88/100 || far > images/100 {
		t.Errorf("%d of %d changed images lie near, %d other ones", near, images, far)
	}
}

func fingerprint(t *testing.T, pixels []uint8, side int) uint64 {
	t.Helper()
	g, err := similar.Shrink(pixels, side, side)
	if err != nil {
		t.Fatal(err)
	}
	return similar.PHash(g)
}

func BenchmarkTexts(b *testing.B) {
	r := rand.New(rand.NewPCG(6, 6))
	for _, n := range []int{2_000, 20_000} {
		texts := make([]string, n)
		for i := range texts {
			texts[i] = sentence(r, 15)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := similar.Texts(texts, 800_000); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/text")
		})
	}
}

func BenchmarkNear(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 7))
	for _, n := range []int{10_000, 100_000} {
		prints := make([]uint64, n)
		for i := range prints {
			prints[i] = r.Uint64()
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := similar.Near(prints, 8); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/print")
		})
	}
}
