package modelfile_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client/modelfile"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/learn/learntest"
	"github.com/alaya-network/alaya/internal/recorded"
)

// linear are the families that are tables of weights.
var linear = []string{
	learn.Bayes, learn.Complement, learn.BayesWeights, learn.Logistic,
	learn.Arow, learn.Passive, learn.Perceptron, learn.Average, learn.Linear,
}

// draw makes an input of features below 50, with values if asked.
func draw(n uint64, values bool) learn.Input {
	var x learn.Input
	for i := range uint32(50) {
		if d := learntest.Draw(n<<8 | uint64(i)); d%5 == 0 {
			x.Indices = append(x.Indices, i)
			if values {
				x.Values = append(x.Values, int64(d>>8%(4<<20))-fixed.One)
			}
		}
	}
	return x
}

// taught returns a model that has learnt from drawn items.
func taught(t *testing.T, family string, classes uint32) (learn.Config, learn.Learner, *learn.Memory) {
	t.Helper()
	c := learn.Config{Family: family, Classes: classes, Features: 60}
	if family == learn.Linear {
		c.Classes = 1
	}
	l, err := learn.New(c)
	if err != nil {
		t.Fatal(err)
	}
	var s learn.Memory
	for n := range uint64(300) {
		x := draw(n, false)
		label := int64(x.Indices[0]) % int64(max(2, classes))
		if c.Classes == 1 {
			label *= fixed.One
		}
		l.Update(&s, x, label)
	}
	return c, l, &s
}

// export returns a taught model's file after a trip through JSON.
func export(t *testing.T, c learn.Config, s learn.State) modelfile.File {
	t.Helper()
	f, err := modelfile.Export(c, s)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := f.Write(&text); err != nil {
		t.Fatal(err)
	}
	back, err := modelfile.Read(&text)
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func TestAFileAnswersAsTheModelDoes(t *testing.T) {
	for _, family := range linear {
		for _, classes := range []uint32{2, 4} {
			c, l, s := taught(t, family, classes)
			p := export(t, c, s).Predictor()
			for n := range uint64(100) {
				x := draw(1_000_000+n, family == learn.Logistic)
				got, err := p.Scores(x)
				want := l.Scores(s, x)
				if family == learn.Average {
					for class := range got {
						if off := got[class] - want[class]; max(off, -off) <= int64(len(x.Indices))+2 {
							got[class] = want[class]
						}
					}
				}
				if err != nil || !slices.Equal(got, want) {
					t.Fatalf("%s of %d classes: scores %v, %v; want %v", family, c.Classes, got, err, want)
				}
			}
		}
	}
}

func TestOtherFamiliesAreNoFile(t *testing.T) {
	c := learn.Config{Family: learn.Neighbours, Classes: 2, Features: 10}
	if _, err := modelfile.Export(c, &learn.Memory{}); err == nil {
		t.Error("neighbours came out as a table of weights")
	}
}

func TestFilesThatDoNotFitAreRefused(t *testing.T) {
	good := `{"format":"alaya/model/linear/v1","config":{"family":"nb","classes":2,"features":9,"params":{}},"bias":[1,2],"unseen":[0,0],"rows":[[0,1,2],[8,3,4]]}`
	if _, err := modelfile.Read(strings.NewReader(good)); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"another format":       {"linear/v1", "linear/v2"},
		"a family of its own":  {`"nb"`, `"svm"`},
		"too few biases":       {`[1,2]`, `[1]`},
		"rows out of order":    {`[[0,1,2],[8,3,4]]`, `[[8,1,2],[0,3,4]]`},
		"a feature too large":  {`[8,3,4]`, `[9,3,4]`},
		"a negative feature":   {`[8,3,4]`, `[-1,3,4]`},
		"a weight too many":    {`[8,3,4]`, `[8,3,4,5]`},
		"NaN":                  {`[1,2]`, `[NaN,2]`},
		"a number with a part": {`[1,2]`, `[1.5,2]`},
		"more than one value":  {`]]}`, `]]}{}`},
	} {
		if _, err := modelfile.Read(strings.NewReader(strings.Replace(good, change[0], change[1], 1))); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}

func TestWeightsOfScikitLearnBecomeAModel(t *testing.T) {
	text := `{"coef_":[[0.5,-1.25,3]],"intercept_":[-0.75],"classes_":["neg","pos"]}`
	s, err := modelfile.Sklearn(strings.NewReader(text), learn.Logistic)
	if err != nil {
		t.Fatal(err)
	}
	l, err := learn.New(s.Config)
	if err != nil {
		t.Fatal(err)
	}
	var m learn.Memory
	learn.Load(&m, s.Cells)
	x := learn.Input{Indices: []uint32{0, 1, 2}, Values: []int64{fixed.One, fixed.One, fixed.One / 2}}
	if got := l.Scores(&m, x); got[0] != 0 || got[1] != 0 {
		t.Errorf("scores %v, want 0.5 - 1.25 + 1.5 - 0.75 = 0", got)
	}
	if !slices.Equal(s.Labels, []string{"neg", "pos"}) {
		t.Errorf("labels %v", s.Labels)
	}
	for name, text := range map[string]string{
		"no rows":            `{"intercept_":[]}`,
		"rows of two sizes":  `{"coef_":[[1],[1,2],[1]],"intercept_":[0,0,0],"classes_":[0,1,2]}`,
		"too few rows":       `{"coef_":[[1],[2]],"intercept_":[0,0],"classes_":[0,1,2]}`,
		"a weight too large": `{"coef_":[[1e9]],"intercept_":[0],"classes_":[0,1]}`,
		"NaN":                `{"coef_":[[NaN]],"intercept_":[0],"classes_":[0,1]}`,
	} {
		if _, err := modelfile.Sklearn(strings.NewReader(text), learn.Logistic); err == nil {
			t.Errorf("%s: read", name)
		}
	}
	if _, err := modelfile.Sklearn(strings.NewReader(text), learn.Tree); err == nil {
		t.Error("a tree from weights: read")
	}
}

// shared opens a file below $ALAYA_DATA, or skips the test.
func shared(t *testing.T, path ...string) *os.File {
	t.Helper()
	root := recorded.Root(t)
	f, err := os.Open(filepath.Join(append([]string{root, "sentiment"}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestModelsOfDCAIAreRead(t *testing.T) {
	for _, tt := range []struct {
		file   string
		config learn.Config
	}{
		{"classifier-perceptron-400.json", learn.Config{Family: learn.Perceptron, Classes: 2, Features: 400}},
		{"vpa-classifier-centroids.json", learn.Config{Family: learn.Dense, Classes: 2, Features: 512}},
	} {
		s, err := modelfile.DCAI(shared(t, "dcai-models", tt.file), nil)
		if err != nil {
			t.Fatal(err)
		}
		if s.Config.Hash() != tt.config.Hash() || len(s.Cells) < int(tt.config.Features) || len(s.Labels) != 2 {
			t.Errorf("%s: %+v, %d cells, labels %v", tt.file, s.Config, len(s.Cells), s.Labels)
		}
	}
}

// TestTheirSentimentModelIsBetterHere reads the demo model of DCAI: its own
// encoder brings it to 629 of these sentences.
func TestTheirSentimentModelIsBetterHere(t *testing.T) {
	s, err := modelfile.DCAI(shared(t, "dcai-models", "imdb-sentiment-model.json"), shared(t, "dcai-models", "imdb.json"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := learn.New(s.Config)
	if err != nil {
		t.Fatal(err)
	}
	var m learn.Memory
	learn.Load(&m, s.Cells)
	text, err := os.ReadFile(shared(t, "imdb_labelled.txt").Name())
	if err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		tab := strings.LastIndexByte(line, '\t')
		class := uint32(0)
		if x, err := s.Encoder.Text(line[:tab]); err == nil {
			class, _ = learn.Predict(l, &m, x)
		}
		all++
		if class == uint32(line[tab+1]-'0') {
			right++
		}
	}
	if right < 670 || all != 1000 {
		t.Errorf("%d of %d right, want at least 670 of 1000", right, all)
	}
}

func TestONNXFilesAnswerAsTheModelDoes(t *testing.T) {
	python := os.Getenv("ALAYA_ONNX_PYTHON")
	if python == "" {
		t.Skip("ALAYA_ONNX_PYTHON is not set: testdata/check.sh sets it")
	}
	type onnxCase struct {
		learn.Input
		Scores []int64 `json:"scores"`
		Class  uint32  `json:"class"`
	}
	for _, family := range linear {
		c, _, s := taught(t, family, 3)
		f := export(t, c, s)
		f.Labels = []string{"a", "b", "c"}[:c.Classes]
		p := f.Predictor()
		var cases []onnxCase
		for n := range uint64(50) {
			x := draw(2_000_000+n, family == learn.Logistic || family == learn.Linear)
			scores, err := p.Scores(x)
			if err != nil {
				t.Fatal(err)
			}
			class, _ := learn.Best(scores)
			cases = append(cases, onnxCase{x, scores, class})
		}
		text, err := json.Marshal(cases)
		if err != nil {
			t.Fatal(err)
		}
		for name, shape := range map[string]modelfile.Shape{"batch": modelfile.Batch, "sparse": modelfile.Sparse} {
			t.Run(family+"/"+name, func(t *testing.T) { runONNX(t, python, f, shape, text) })
		}
	}
}

// runONNX has Python run the file on some cases.
func runONNX(t *testing.T, python string, f modelfile.File, shape modelfile.Shape, cases []byte) {
	var model bytes.Buffer
	if err := f.WriteONNX(&model, shape); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	paths := []string{filepath.Join(dir, "model.onnx"), filepath.Join(dir, "cases.json")}
	for k, content := range [][]byte{model.Bytes(), cases} {
		if err := os.WriteFile(paths[k], content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(python, append([]string{"testdata/check.py"}, paths...)...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestONNXFilesAreBounded(t *testing.T) {
	c := learn.Config{Family: learn.Bayes, Classes: 32, Features: 1 << 20}
	f := modelfile.File{Config: c, Bias: make([]int64, 32), Unseen: make([]int64, 32)}
	if err := f.WriteONNX(&bytes.Buffer{}, modelfile.Sparse); err == nil {
		t.Error("32 million weights were written")
	}
}

func TestAFileWithAnEncoderReadsText(t *testing.T) {
	e := feature.Encoder{Kind: feature.Words, Words: []string{"bad", "good"}}
	s := learn.Memory{}
	c := learn.Config{Family: learn.Bayes, Classes: 2, Features: 2}
	l, err := learn.New(c)
	if err != nil {
		t.Fatal(err)
	}
	l.Update(&s, learn.Input{Indices: []uint32{0}}, 0)
	l.Update(&s, learn.Input{Indices: []uint32{1}}, 1)
	f := export(t, c, &s)
	f.Encoder = &e
	for text, want := range map[string]uint32{"Good film.": 1, "BAD": 0} {
		if class, _, err := f.Predictor().Text(text); err != nil || class != want {
			t.Errorf("%q: class %d, %v; want %d", text, class, err, want)
		}
	}
	if _, _, err := f.Predictor().Text("film"); err == nil {
		t.Error("a text without a known word: answered")
	}
}
