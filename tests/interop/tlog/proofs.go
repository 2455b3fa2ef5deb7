package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// proofLog is the log that DIR/proofs is about: the largest of the sample.
const proofLog = "ten_00000000000000000000000001"

// splitProof takes a text form apart: header lines, hashes, checkpoint.
func splitProof(text string) (head []string, hashes []tlog.Hash, checkpoint string, err error) {
	top, checkpoint, found := strings.Cut(text, "\n\n")
	if !found {
		return nil, nil, "", fmt.Errorf("no empty line")
	}
	for _, line := range strings.Split(top, "\n") {
		if strings.Contains(line, " ") || strings.HasPrefix(line, "c2sp.org/") {
			head = append(head, line)
			continue
		}
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, nil, "", err
		}
		hashes = append(hashes, hash)
	}
	return head, hashes, checkpoint, nil
}

func number(line, word string) (int64, error) {
	return strconv.ParseInt(strings.TrimPrefix(line, word+" "), 10, 64)
}

func (j *journal) checkInclusion(dir string) (string, error) {
	files, _ := filepath.Glob(filepath.Join(dir, "proofs", "*.tlog-proof"))
	if len(files) == 0 {
		return "", fmt.Errorf("there are none")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		head, hashes, checkpoint, err := splitProof(string(text))
		if err != nil || len(head) != 3 {
			return "", fmt.Errorf("%s: %v", file, err)
		}
		tree, err := j.openCheckpoint(proofLog, []byte(checkpoint))
		if err != nil {
			return "", err
		}
		entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(head[1], "extra "))
		if err != nil {
			return "", err
		}
		index, err := number(head[2], "index")
		if err != nil {
			return "", err
		}
		if err := tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
			return "", fmt.Errorf("%s: %w", file, err)
		}
		other := append([]byte{}, entry...)
		other[9] ^= 1
		if tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(other)) == nil {
			return "", fmt.Errorf("%s: another entry passes", file)
		}
	}
	return fmt.Sprintf("%d accepted, none for another entry", len(files)), nil
}

func (j *journal) checkConsistency(dir string) (string, error) {
	files, _ := filepath.Glob(filepath.Join(dir, "proofs", "*.consistency"))
	if len(files) == 0 {
		return "", fmt.Errorf("there are none")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		head, hashes, checkpoint, err := splitProof(string(text))
		if err != nil || len(head) != 1 {
			return "", fmt.Errorf("%s: %v", file, err)
		}
		tree, err := j.openCheckpoint(proofLog, []byte(checkpoint))
		if err != nil {
			return "", err
		}
		old, err := number(head[0], "old")
		if err != nil {
			return "", err
		}
		oldText, err := os.ReadFile(strings.TrimSuffix(file, ".consistency") + ".checkpoint")
		if err != nil {
			return "", err
		}
		oldTree, err := j.openCheckpoint(proofLog, oldText)
		if err != nil || oldTree.N != old {
			return "", fmt.Errorf("%s: older checkpoint: %v", file, err)
		}
		if err := tlog.CheckTree(hashes, tree.N, tree.Hash, old, oldTree.Hash); err != nil {
			return "", fmt.Errorf("%s: %w", file, err)
		}
	}
	return fmt.Sprintf("%d accepted", len(files)), nil
}

// writeProofs makes proofs from the tiles, for our verifier: the other direction.
func (j *journal) writeProofs(dir string) (string, error) {
	tree, err := j.checkpoint(proofLog)
	if err != nil {
		return "", err
	}
	checkpoint, err := os.ReadFile(filepath.Join(j.dir, proofLog, "checkpoint"))
	if err != nil {
		return "", err
	}
	entries, err := j.entries(proofLog, tree.N)
	if err != nil {
		return "", err
	}
	reader := &tiles{dir: filepath.Join(j.dir, proofLog)}
	hashes := tlog.TileHashReader(tree, reader)
	out := filepath.Join(dir, "go")
	if err := os.MkdirAll(out, 0o700); err != nil {
		return "", err
	}
	for _, index := range []int64{0, 1, 255, 256, 65535, 65536, tree.N - 1} {
		proof, err := tlog.ProveRecord(tree.N, index, hashes)
		if err != nil {
			return "", err
		}
		text := "c2sp.org/tlog-proof@v1\nextra " + base64.StdEncoding.EncodeToString(entries[index]) + "\n" +
			fmt.Sprintf("index %d\n", index) + lines(proof) + "\n" + string(checkpoint)
		if err := os.WriteFile(filepath.Join(out, fmt.Sprintf("%d.tlog-proof", index)), []byte(text), 0o600); err != nil {
			return "", err
		}
	}
	older, _ := filepath.Glob(filepath.Join(dir, "proofs", "*.checkpoint"))
	for _, file := range older {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		oldTree, err := j.openCheckpoint(proofLog, text)
		if err != nil {
			return "", err
		}
		proof, err := tlog.ProveTree(tree.N, oldTree.N, hashes)
		if err != nil {
			return "", err
		}
		body := fmt.Sprintf("old %d\n", oldTree.N) + lines(proof) + "\n" + string(checkpoint)
		name := strings.TrimSuffix(filepath.Base(file), ".checkpoint") + ".consistency"
		if err := os.WriteFile(filepath.Join(out, name), []byte(body), 0o600); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d tiles read against the signed root, proofs written for our verifier", reader.read), nil
}

func lines(hashes []tlog.Hash) string {
	var out strings.Builder
	for _, hash := range hashes {
		out.WriteString(hash.String() + "\n")
	}
	return out.String()
}

// changedTile shows that the reader would notice: one byte of one tile changed in a copy.
func (j *journal) changedTile(dir string) (string, error) {
	tree, err := j.checkpoint(proofLog)
	if err != nil {
		return "", err
	}
	copyOf := filepath.Join(dir, "changed")
	if err := os.CopyFS(copyOf, os.DirFS(filepath.Join(j.dir, proofLog))); err != nil {
		return "", err
	}
	name := filepath.Join(copyOf, "tile", "0", "001")
	data, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	data[100] ^= 1
	if err := os.WriteFile(name, data, 0o600); err != nil {
		return "", err
	}
	if _, err := tlog.ProveRecord(tree.N, 300, tlog.TileHashReader(tree, &tiles{dir: copyOf})); err == nil {
		return "", fmt.Errorf("it was not")
	}
	return "as it should be", nil
}
