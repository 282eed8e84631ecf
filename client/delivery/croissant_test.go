package delivery_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/core/fault"
)

// croissant is the Croissant file of the shapes, with the checksums beside it.
func croissant(t testing.TB) (text []byte, sums map[string]string) {
	t.Helper()
	byName := files(t, shapes())
	sums, err := delivery.ParseSums(byName[delivery.SumsFile])
	if err != nil {
		t.Fatal(err)
	}
	return byName[delivery.CroissantFile], sums
}

func TestCroissantSaysAllThatIsAsked(t *testing.T) {
	text, _ := croissant(t)
	var c map[string]any
	if err := json.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"keywords", "publisher", "version", "dateCreated", "inLanguage", "citeAs", "isLiveDataset", "usageInfo", "prov:wasGeneratedBy", "prov:wasDerivedFrom"} {
		if v, there := c[key]; !there || v == "" {
			t.Errorf("%s is missing", key)
		}
	}
	answered := 0
	for key, v := range c {
		if strings.HasPrefix(key, "rai:") && v != "" {
			answered++
		}
	}
	if answered != 20 {
		t.Errorf("%d of the 20 questions of RAI are answered", answered)
	}
	context := c["@context"].(map[string]any)
	for _, key := range strings.Fields("@language @vocab sc cr rai dct arrayShape citeAs column conformsTo containedIn data dataType description " +
		"equivalentProperty examples extract field fileProperty fileObject fileSet format includes isArray isLiveDataset jsonPath key md5 name " +
		"parentField path recordSet references regex repeated replace samplingRate separator source subField transform annotation prov odrl") {
		if context[key] == nil {
			t.Errorf("the context lacks %s", key)
		}
	}
}

func TestCheckCroissantSeesWhatValidatorsPassOver(t *testing.T) {
	good, sums := croissant(t)
	if err := delivery.CheckCroissant(good, sums); err != nil {
		t.Fatal(err)
	}
	type object = map[string]any
	file := func(c object) object { return c["distribution"].([]any)[0].(object) }
	tests := []struct {
		name   string
		damage func(c object)
		says   string
	}{
		{"no name", func(c object) { delete(c, "name") }, `"name"`},
		{"no creator", func(c object) { delete(c, "creator") }, `"creator"`},
		{"no url", func(c object) { delete(c, "url") }, `"url"`},
		{"an empty licence", func(c object) { c["license"] = "" }, `"license"`},
		{"no date", func(c object) { delete(c, "datePublished") }, `"datePublished"`},
		{"another type", func(c object) { c["@type"] = "sc:Book" }, "sc:Book"},
		{"schema.org without https", func(c object) { c["@context"].(object)["@vocab"] = "http://schema.org/" }, "https://schema.org/"},
		{"no RAI", func(c object) { c["conformsTo"] = []any{"http://mlcommons.org/croissant/1.1"} }, "conformsTo"},
		{"a name with a slash", func(c object) { c["name"] = "a/b" }, `"a/b"`},
		{"a file's name with a space", func(c object) { file(c)["name"] = "a b" }, `"a b"`},
		{"a version of two numbers", func(c object) { c["version"] = "1.0" }, `"1.0"`},
		{"a misspelt property", func(c object) { c["rai:dataBias"] = "none" }, "rai:dataBias"},
		{"an @id twice", func(c object) { file(c)["@id"] = "records" }, `"records"`},
		{"another hash", func(c object) { file(c)["sha256"] = strings.Repeat("0", 64) }, "README.md"},
		{"a file that is not there", func(c object) { file(c)["contentUrl"] = "gone.md" }, "gone.md"},
		{"a file left out", func(c object) { c["distribution"] = c["distribution"].([]any)[1:] }, "README.md"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var c object
			if err := json.Unmarshal(good, &c); err != nil {
				t.Fatal(err)
			}
			tt.damage(c)
			text, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			err = delivery.CheckCroissant(text, sums)
			if !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%v, want kind invalid and %q", err, tt.says)
			}
		})
	}
}

func TestEvidenceIsDescribedByTheFolder(t *testing.T) {
	p := shapes()
	for _, name := range []string{"blobs/a", "blobs/b", "proofs/header.json"} {
		p.Extra = append(p.Extra, delivery.File{Name: name, Text: []byte(name)})
	}
	byName := files(t, p)
	sums, err := delivery.ParseSums(byName[delivery.SumsFile])
	if err != nil {
		t.Fatal(err)
	}
	text := byName[delivery.CroissantFile]
	if n := strings.Count(string(text), `"cr:FileSet"`); n != 2 {
		t.Errorf("%d file sets for two folders of evidence", n)
	}
	sums["stray/file"] = strings.Repeat("0", 64)
	if err := delivery.CheckCroissant(text, sums); err == nil || !strings.Contains(err.Error(), "stray/file") {
		t.Errorf("a file of no described folder: %v", err)
	}
}

func FuzzCheckCroissant(f *testing.F) {
	text, sums := croissant(f)
	f.Add(text)
	f.Add([]byte(`{"@context":[],"distribution":{},"conformsTo":"x","name":1}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := delivery.CheckCroissant(text, sums); err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Fatalf("%v is not of kind invalid", err)
		}
	})
}

func FuzzParseSums(f *testing.F) {
	f.Add(files(f, shapes())[delivery.SumsFile])
	f.Add([]byte(strings.Repeat("0", 64) + "  ../../etc/passwd\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		sums, err := delivery.ParseSums(text)
		if err != nil {
			return
		}
		for name, hash := range sums {
			if strings.HasPrefix(name, "..") || strings.HasPrefix(name, "/") || len(hash) != 64 {
				t.Fatalf("accepted %q %q", hash, name)
			}
		}
	})
}
