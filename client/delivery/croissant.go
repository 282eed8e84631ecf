package delivery

import (
	"fmt"
	"path"
	"strings"
)

// Versions that croissant.json conforms to.
const (
	croissantVersion = "http://mlcommons.org/croissant/1.1"
	raiVersion       = "http://mlcommons.org/croissant/RAI/1.0"
)

// croissantContext is the context of Croissant 1.1 as validators expect it, with
// https for schema.org, and the prefixes of PROV and ODRL beside.
func croissantContext() object {
	context := object{
		"@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
		"cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
		"dct": "http://purl.org/dc/terms/", "prov": "http://www.w3.org/ns/prov#", "odrl": "http://www.w3.org/ns/odrl/2/",
		"conformsTo":  "dct:conformsTo",
		"data":        object{"@id": "cr:data", "@type": "@json"},
		"dataType":    object{"@id": "cr:dataType", "@type": "@vocab"},
		"examples":    object{"@id": "cr:examples", "@type": "@json"},
		"name":        object{"@container": "@language"},
		"description": object{"@container": "@language"},
	}
	for _, term := range []string{
		"annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileObject",
		"fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path",
		"recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
	} {
		context[term] = "cr:" + term
	}
	return context
}

// croissant describes the package in Croissant 1.1; files are all but itself.
func (p Package) croissant(files []File) object {
	d, t := p.Dataset, p.Request.Terms
	c := object{
		"@context": croissantContext(), "@type": "sc:Dataset", "conformsTo": []string{croissantVersion, raiVersion},
		"name": p.name(), "alternateName": d.Title, "description": p.description(), "license": d.Licence, "url": p.url(),
		"creator":       object{"@type": "sc:Organization", "name": string(d.Owner)},
		"publisher":     object{"@type": "sc:Organization", "name": "Alaya, chain " + p.Chain},
		"datePublished": day(d.Published), "dateCreated": day(p.Request.Posted), "version": d.Semver, "isLiveDataset": false,
		"keywords": append([]string{"alaya", "crowdsourced labels"}, t.Tags...),
		"citeAs":   p.citation(), "identifier": string(d.ID),
		"distribution": distribution(files), "recordSet": []object{p.classSet(), recordSet(), voteSet()},
		"prov:wasDerivedFrom": object{"@id": "urn:cid:" + string(d.Manifest), "@type": "prov:Entity"},
		"prov:wasGeneratedBy": object{
			"@id": "urn:alaya:verdict:" + d.VerdictDigest.String(), "@type": "prov:Activity",
			"prov:label": fmt.Sprintf("labelling of request %s up to round %d", d.Request, d.Round),
		},
		"usageInfo": p.offer(),
	}
	if len(p.Label.People.Languages) > 0 {
		c["inLanguage"] = p.Label.People.Languages
	}
	for name, value := range p.responsible() {
		c["rai:"+name] = value
	}
	return c
}

// offer states licence and policy as an ODRL offer: use, under the policy's text.
func (p Package) offer() object {
	d := p.Dataset
	return object{
		"@type": "odrl:Offer", "@id": fmt.Sprintf("urn:alaya:%s:policy:%s:%d", p.Chain, d.ID, d.Version),
		"odrl:assigner":   object{"@id": "urn:alaya:" + p.Chain + ":account:" + string(d.Owner)},
		"odrl:permission": object{"@type": "odrl:Permission", "odrl:action": object{"@id": "odrl:use"}, "description": p.purpose()},
	}
}

// distribution describes the files, which are sorted: each with its hash, but
// those in folders of evidence, of which there may be very many, as one set a
// folder; SHA256SUMS has their hashes.
func distribution(files []File) []object {
	var list []object
	last := ""
	for _, f := range files {
		folder := evidence(f.Name)
		switch {
		case folder == "":
			list = append(list, fileObject(f))
		case folder != last:
			list = append(list, object{
				"@type": "cr:FileSet", "@id": folder, "name": folder, "description": "Evidence for verification, with hashes in " + SumsFile + ".",
				"includes": folder + "/*", "encodingFormat": "application/octet-stream",
			})
		}
		last = folder
	}
	return list
}

// evidence returns the folder of a file that is there for verification only, ""
// for the files that this package writes.
func evidence(name string) string {
	folder, _, inFolder := strings.Cut(name, "/")
	if !inFolder || folder == path.Dir(FinalFile) {
		return ""
	}
	return folder
}

func fileObject(f File) object {
	return object{
		"@type": "cr:FileObject", "@id": f.Name, "name": strings.ReplaceAll(f.Name, "/", "-"), "contentUrl": f.Name,
		"contentSize": fmt.Sprintf("%d B", len(f.Text)), "encodingFormat": mediaType(f.Name), "sha256": hashOf(f.Text),
	}
}

func mediaType(name string) string {
	switch path.Ext(name) {
	case ".json":
		return "application/json"
	case ".jsonl":
		return "application/jsonlines"
	case ".md":
		return "text/markdown"
	case ".txt":
		return "text/plain"
	case ".parquet":
		return "application/x-parquet"
	}
	return "application/octet-stream"
}

// classSet lists the labels there are, inline.
func (p Package) classSet() object {
	var rows []object
	for _, c := range p.Label.Quality.Classes {
		rows = append(rows, object{"classes/label": className(c), "classes/records": c.Items})
	}
	return object{
		"@type": "cr:RecordSet", "@id": "classes", "name": "classes", "dataType": "sc:Enumeration",
		"description": "The labels to choose from and how many records have each.",
		"key":         object{"@id": "classes/label"}, "data": rows,
		"field": []object{
			{"@type": "cr:Field", "@id": "classes/label", "name": "label", "description": "The label.", "dataType": "sc:Text"},
			{"@type": "cr:Field", "@id": "classes/records", "name": "records", "description": "Records that have it.", "dataType": "sc:Integer"},
		},
	}
}

func recordSet() object {
	of := columns{set: "records", file: FinalFile}
	label := of.field("label", "The label that the answers come to.", "cr:Label")
	label["dataType"] = []string{"sc:Text", "cr:Label"}
	return object{
		"@type": "cr:RecordSet", "@id": "records", "name": "records", "description": "One row per labelled item.", "key": object{"@id": "records/item"},
		"field": []object{
			of.field("item", "Id of the item, as in items.jsonl.", "sc:Text"),
			label,
			of.field("value", "What the answers to a form come to, as JSON; empty where labels were asked for.", "sc:Text"),
			of.field("confidence", "Calibrated posterior of the label, 0 to 1; of a value, how far the answers agree with it.", "sc:Float"),
			of.field("answers", "Answers that counted.", "sc:Integer"),
			of.field("status", "accepted: the confidence reached the target; delivered: all answers that could be bought were; gold: the requester knew it.", "sc:Text"),
		},
	}
}

func voteSet() object {
	of := columns{set: "votes", file: VotesFile}
	labeller := of.field("labeller", "Pseudonym of the contributor, of this dataset only.", "sc:Text")
	label := of.field("label", "The label given; empty if the item was skipped.", "cr:Label")
	label["dataType"] = []string{"sc:Text", "cr:Label"}
	who := of.field("label/labeller/pseudonym", "Who gave the label.", "sc:Text")
	who["source"] = labeller["source"]
	label["annotation"] = object{
		"@type": "cr:Field", "@id": "votes/label/labeller", "name": "label-labeller", "description": "Who gave the label.",
		"dataType": []string{"prov:Person", "sc:Person"}, "equivalentProperty": "prov:wasAttributedTo", "subField": []object{who},
	}
	return object{
		"@type": "cr:RecordSet", "@id": "votes", "name": "votes", "description": "One row per answer, before aggregation.",
		"field": []object{
			of.field("item", "Id of the item, as in items.jsonl.", "sc:Text"),
			labeller,
			label,
			of.field("value", "The form's value that was given, as JSON; empty where labels were asked for.", "sc:Text"),
			of.field("skip", "Why the item was skipped: unclear, broken, language, expertise, unsafe or other; empty if it was not.", "sc:Text"),
			of.field("round", "Round in which the answer was given, from 1.", "sc:Integer"),
			of.field("guideline", "Version of the guidelines that the contributor saw, from 1.", "sc:Integer"),
			of.field("duration_ms", "Active time spent, in milliseconds; 0 if it was not measured.", "sc:Integer"),
		},
	}
}

// columns makes the fields of a record set that is a Parquet file.
type columns struct{ set, file string }

func (c columns) field(column, description, dataType string) object {
	return object{
		"@type": "cr:Field", "@id": c.set + "/" + column, "name": strings.ReplaceAll(column, "/", "-"), "description": description, "dataType": dataType,
		"source": object{"fileObject": object{"@id": c.file}, "extract": object{"column": column}},
	}
}
