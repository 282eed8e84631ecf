package delivery

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// CheckCroissant holds a Croissant file against the specification where the
// common validator says nothing, and its distribution against the SHA-256 of
// the files beside it, by name; SHA256SUMS and the file itself may be absent
// from it. Errors are invalid and say which value.
func CheckCroissant(text []byte, sums map[string]string) error {
	var c object
	if err := json.Unmarshal(text, &c); err != nil {
		return fault.Invalid("delivery: %s: %w", CroissantFile, err)
	}
	for _, check := range []func(object) error{checkRequired, checkNamesAndVersion, checkRAI, checkIDs} {
		if err := check(c); err != nil {
			return err
		}
	}
	return checkDistribution(c, sums)
}

func checkRequired(c object) error {
	for _, key := range []string{
		"@context", "@type", "conformsTo", "name", "description", "license", "url", "creator", "datePublished", "distribution", "recordSet",
	} {
		if v := c[key]; v == nil || v == "" {
			return fault.Invalid("delivery: %s: %q is missing", CroissantFile, key)
		}
	}
	if c["@type"] != "sc:Dataset" {
		return fault.Invalid("delivery: %s: @type %v, want sc:Dataset", CroissantFile, c["@type"])
	}
	context, _ := c["@context"].(object)
	for _, key := range []string{"@vocab", "sc"} {
		if context[key] != "https://schema.org/" {
			return fault.Invalid("delivery: %s: context %q is %v, want https://schema.org/", CroissantFile, key, context[key])
		}
	}
	versions, _ := c["conformsTo"].([]any)
	if !slices.Contains(versions, any(croissantVersion)) || !slices.Contains(versions, any(raiVersion)) {
		return fault.Invalid("delivery: %s: conformsTo %v, want %s and %s", CroissantFile, c["conformsTo"], croissantVersion, raiVersion)
	}
	return nil
}

func checkNamesAndVersion(c object) error {
	if version, _ := c["version"].(string); !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(version) {
		return fault.Invalid("delivery: %s: version %q is not semantic", CroissantFile, version)
	}
	name := regexp.MustCompile(`^[A-Za-z0-9._-]+$`)
	return walk(c, func(o object) error {
		text, named := o["name"].(string)
		kind, _ := o["@type"].(string)
		if named && kind != "sc:Organization" && !name.MatchString(text) {
			return fault.Invalid("delivery: %s: name %q: letters, digits, point, dash and underscore only", CroissantFile, text)
		}
		return nil
	})
}

func checkRAI(c object) error {
	for key := range c {
		if name, rai := strings.CutPrefix(key, "rai:"); rai && !slices.Contains(raiNames(), name) {
			return fault.Invalid("delivery: %s: %s is no property of RAI", CroissantFile, key)
		}
	}
	return nil
}

// checkIDs refuses an @id that two typed objects share.
func checkIDs(c object) error {
	seen := map[string]bool{}
	return walk(c, func(o object) error {
		at, hasID := o["@id"].(string)
		if _, typed := o["@type"]; !hasID || !typed {
			return nil
		}
		if seen[at] {
			return fault.Invalid("delivery: %s: @id %q stands twice", CroissantFile, at)
		}
		seen[at] = true
		return nil
	})
}

// checkDistribution wants every file described once: by itself with its hash, or
// by the set of its folder.
func checkDistribution(c object, sums map[string]string) error {
	described := map[string]bool{}
	files, _ := c["distribution"].([]any)
	for _, v := range files {
		f, _ := v.(object)
		if f["@type"] == "cr:FileSet" {
			includes, _ := f["includes"].(string)
			described[includes] = true
			continue
		}
		name, _ := f["contentUrl"].(string)
		if sum, there := sums[name]; !there || f["sha256"] != sum || f["encodingFormat"] == nil {
			return fault.Invalid("delivery: %s: file %q has sha256 %v and format %v, the folder says %q", CroissantFile, name, f["sha256"], f["encodingFormat"], sum)
		}
		described[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		folder := evidence(name)
		if name != CroissantFile && name != SumsFile && !described[name] && (folder == "" || !described[folder+"/*"]) {
			return fault.Invalid("delivery: %s: file %q is not described", CroissantFile, name)
		}
	}
	return nil
}

// walk calls visit for every object in v but the context, parents first.
func walk(v any, visit func(object) error) error {
	switch v := v.(type) {
	case []any:
		for _, element := range v {
			if err := walk(element, visit); err != nil {
				return err
			}
		}
	case object:
		if err := visit(v); err != nil {
			return err
		}
		for key, element := range v {
			if key == "@context" || key == "data" {
				continue
			}
			if err := walk(element, visit); err != nil {
				return err
			}
		}
	}
	return nil
}
