package scenarios_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

// form asks for a value of every type.
func form(t *testing.T) answer.Form {
	t.Helper()
	text := `{"controls":[
		{"name":"kind","type":"choice","labels":[{"id":"cat"},{"id":"a<b"}],"required":true},
		{"name":"traits","type":"choices","labels":[{"id":"big"},{"id":"old"}]},
		{"name":"place","type":"path","labels":[{"id":"town"},{"id":"park","parent":"town"}]},
		{"name":"stars","type":"rating","max":5},
		{"name":"weight","type":"number","min":0,"max":10000,"decimals":2,"unit":"kg"},
		{"name":"words","type":"text","target":"text"},
		{"name":"names","type":"span","target":"text","labels":[{"id":"PER"},{"id":"ORG"}],"relations":["of"]},
		{"name":"boxes","type":"box","target":"image","labels":[{"id":"car"}]},
		{"name":"areas","type":"polygon","target":"image","labels":[{"id":"car"}]},
		{"name":"points","type":"keypoint","target":"image","labels":[{"id":"nose"}]},
		{"name":"pixels","type":"mask","target":"image","labels":[{"id":"road"}]},
		{"name":"said","type":"interval","target":"sound","labels":[{"id":"ann"}]},
		{"name":"moves","type":"track","target":"film","labels":[{"id":"car"}]},
		{"name":"solids","type":"cuboid","target":"cloud","labels":[{"id":"car"}]},
		{"name":"better","type":"preference","options":["left","right"]},
		{"name":"order","type":"ranking","options":["a","b","c"]}]}`
	var f answer.Form
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// formTruth is the value that an item has.
func formTruth(item string) answer.Raw {
	n := int64(id.Sum("test/form", []byte(item))[0])
	kind := []string{"cat", `a\u003cb`}[n%2]
	return answer.Raw(fmt.Sprintf(`{"kind":"%s","traits":["big"],"place":["town","park"],"stars":%d,"weight":%d,"words":"the %d words","names":{"spans":[{"start":0,"end":3,"label":"PER"},{"start":4,"end":9,"label":"ORG"}],"relations":[{"from":0,"to":1,"label":"of"}]},`+
		`"boxes":[{"label":"car","x":%d,"y":0,"w":20480,"h":20480}],"areas":[{"label":"car","points":[[0,0],[20480,0],[0,20480]]}],"points":[{"label":"nose","x":%d,"y":1}],"pixels":[{"label":"road","size":[4,4],"counts":[%d,%d]}],`+
		`"said":[{"label":"ann","start":0,"end":%d,"text":"hello"}],"moves":[{"label":"car","frames":[{"f":0,"x":0,"y":0,"w":9,"h":9},{"f":9,"x":%d,"y":0,"w":9,"h":9,"out":true}]}],"solids":[{"label":"car","x":0,"y":0,"z":0,"l":%d,"w":1800,"h":1500,"yaw":0}],"better":"left","order":["c","a","b"]}`,
		kind, 1+n%5, 100*n%10_000, n, n*1024, n, n%15, 16-n%15, 1_000_000+n, n, 4000+n))
}

// crew is a town that fills in a form: the lazy leave most of it out.
type crew struct{ town }

// Answer implements replay.Crowd.
func (c crew) Answer(i int, item string) work.Answer {
	if temper(c.town[i]) == lazy {
		return work.Answer{Item: item, Value: `{"kind":"cat","stars":1}`, Flags: []string{"other"}, Note: "no time", Ms: 10}
	}
	return work.Answer{Item: item, Value: formTruth(item), Origin: "prediction-changed", Ms: 9_000}
}

func TestAFormOfAllTypesBecomesAVerifiedDataset(t *testing.T) {
	y := open(t, nil)
	pictures := t.TempDir()
	if err := os.WriteFile(filepath.Join(pictures, "a.csv"), []byte("x,y\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	asked := form(t)
	m := draft.Material{Spec: market.Spec{Question: "What is in it?", Form: &asked}, Assets: os.DirFS(pictures), Pages: []uint32{6, 6}}
	for i := range 12 {
		item := fmt.Sprintf("item %02d", i)
		m.Items = append(m.Items, work.Item{ID: item, Data: json.RawMessage(`{"text":"Ann works","image":"a.csv"}`)})
		if i < 5 { // on the first page alone: whoever is lazy may meet none
			m.Gold = append(m.Gold, work.GoldLabel{Item: item, Value: formTruth(item), Salt: id.Sum("test/salt", []byte(item))})
		}
	}
	terms, _, err := y.terms(task{pages: 2, page: 6})
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.Pack(y.ctx, y.Store)
	if err != nil {
		t.Fatal(err)
	}
	terms.Spec, terms.Manifest, terms.Gold = p.SpecID, p.Manifest, p.Gold
	cast, err := replay.Begin(y.ctx, y.stage(t.Logf), terms, crew{"hhhl"}, m.Gold)
	if err != nil {
		t.Fatal(err)
	}
	if err := cast.Play(y.ctx); err != nil {
		t.Fatal(err)
	}
	dir, _ := y.pull(t, dataset.IDOf(cast.Request), 0)
	found, err := audit.Verify(dir, audit.Options{})
	if err != nil || !found.OK {
		t.Fatalf("%v\n%s", err, found)
	}
	checkForm(t, dir)
}

// checkForm holds a delivered folder against what was answered.
func checkForm(t *testing.T, dir string) {
	t.Helper()
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	records := strings.Split(strings.TrimSuffix(read(delivery.RecordsFile), "\n"), "\n")
	if len(records) != 12 {
		t.Errorf("%d records, want 12", len(records))
	}
	for _, line := range records {
		r, err := dataset.ParseRecord([]byte(line))
		if err != nil || r.Value != formTruth(r.Item) {
			t.Errorf("%v: record\n%s\nwas answered\n%s", err, line, formTruth(r.Item))
		}
	}
	l, err := dataset.ParseLabel([]byte(read(delivery.LabelFile)))
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Quality.Controls) != 16 || l.Quality.GoldItems != 5 || l.Quality.Controls[0].Agreement >= 1_000_000 {
		t.Errorf("label %+v, %+v", l.Quality, l.People)
	}
	if !strings.Contains(read(delivery.ItemsFile), `"mime":"text/csv"`) {
		t.Error("the items name no asset")
	}
	if wide := read(delivery.WideFile); strings.Count(wide, "\n") != 12 || !strings.Contains(read(delivery.LossFile), "coco-boxes.json") {
		t.Errorf("wide rows %s", wide)
	}
}
