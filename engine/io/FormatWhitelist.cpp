// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/FormatWhitelist.h"

#include <algorithm>
#include <array>
#include <sndfile.h>

namespace engine::io {
namespace {

struct NamedContainer {
    int code;
    std::string_view name;
};

constexpr std::array namedContainers{
    NamedContainer{SF_FORMAT_WAV, "WAV"},   NamedContainer{SF_FORMAT_WAVEX, "WAV"},
    NamedContainer{SF_FORMAT_RF64, "RF64"}, NamedContainer{SF_FORMAT_W64, "W64"},
    NamedContainer{SF_FORMAT_AIFF, "AIFF"}, NamedContainer{SF_FORMAT_CAF, "CAF"},
    NamedContainer{SF_FORMAT_FLAC, "FLAC"}, NamedContainer{SF_FORMAT_OGG, "Ogg"},
    NamedContainer{SF_FORMAT_MPEG, "MPEG"}, NamedContainer{SF_FORMAT_AU, "AU"},
};

struct Encoding {
    int code;
    std::string_view name;
    int bytesPerSample;
    bool lossy;
};

constexpr std::array encodings{
    Encoding{SF_FORMAT_PCM_S8, "8-bit PCM", 1, false},
    Encoding{SF_FORMAT_PCM_U8, "8-bit PCM", 1, false},
    Encoding{SF_FORMAT_PCM_16, "16-bit PCM", 2, false},
    Encoding{SF_FORMAT_PCM_24, "24-bit PCM", 3, false},
    Encoding{SF_FORMAT_PCM_32, "32-bit PCM", 4, false},
    Encoding{SF_FORMAT_FLOAT, "32-bit float", 4, false},
    Encoding{SF_FORMAT_DOUBLE, "64-bit float", 8, false},
    Encoding{SF_FORMAT_ULAW, "µ-law", 1, true},
    Encoding{SF_FORMAT_ALAW, "A-law", 1, true},
    Encoding{SF_FORMAT_ALAC_16, "16-bit ALAC", 0, false},
    Encoding{SF_FORMAT_ALAC_20, "20-bit ALAC", 0, false},
    Encoding{SF_FORMAT_ALAC_24, "24-bit ALAC", 0, false},
    Encoding{SF_FORMAT_ALAC_32, "32-bit ALAC", 0, false},
    Encoding{SF_FORMAT_VORBIS, "Vorbis", 0, true},
    Encoding{SF_FORMAT_OPUS, "Opus", 0, true},
    Encoding{SF_FORMAT_MPEG_LAYER_I, "MPEG layer I", 0, true},
    Encoding{SF_FORMAT_MPEG_LAYER_II, "MPEG layer II", 0, true},
    Encoding{SF_FORMAT_MPEG_LAYER_III, "MP3", 0, true},
};

struct Refused {
    int code;
    std::string_view name;
};

constexpr std::array refusedContainers{
    Refused{SF_FORMAT_RAW, "raw data"},     Refused{SF_FORMAT_PAF, "Ensoniq PARIS"},
    Refused{SF_FORMAT_SVX, "Amiga IFF"},    Refused{SF_FORMAT_NIST, "NIST Sphere"},
    Refused{SF_FORMAT_VOC, "Creative VOC"}, Refused{SF_FORMAT_IRCAM, "IRCAM"},
    Refused{SF_FORMAT_MAT4, "MATLAB"},      Refused{SF_FORMAT_MAT5, "MATLAB"},
    Refused{SF_FORMAT_PVF, "PVF"},          Refused{SF_FORMAT_XI, "FastTracker instrument"},
    Refused{SF_FORMAT_HTK, "HTK"},          Refused{SF_FORMAT_SDS, "MIDI sample dump"},
    Refused{SF_FORMAT_AVR, "AVR"},          Refused{SF_FORMAT_SD2, "Sound Designer II"},
    Refused{SF_FORMAT_WVE, "Psion WVE"},    Refused{SF_FORMAT_MPC2K, "MPC 2000"},
};

constexpr std::array refusedEncodings{
    Refused{SF_FORMAT_IMA_ADPCM, "IMA ADPCM"},
    Refused{SF_FORMAT_MS_ADPCM, "Microsoft ADPCM"},
    Refused{SF_FORMAT_GSM610, "GSM 6.10"},
    Refused{SF_FORMAT_VOX_ADPCM, "Oki ADPCM"},
    Refused{SF_FORMAT_NMS_ADPCM_16, "NMS ADPCM"},
    Refused{SF_FORMAT_NMS_ADPCM_24, "NMS ADPCM"},
    Refused{SF_FORMAT_NMS_ADPCM_32, "NMS ADPCM"},
    Refused{SF_FORMAT_G721_32, "G.721 ADPCM"},
    Refused{SF_FORMAT_G723_24, "G.723 ADPCM"},
    Refused{SF_FORMAT_G723_40, "G.723 ADPCM"},
    Refused{SF_FORMAT_DWVW_12, "DWVW"},
    Refused{SF_FORMAT_DWVW_16, "DWVW"},
    Refused{SF_FORMAT_DWVW_24, "DWVW"},
    Refused{SF_FORMAT_DWVW_N, "DWVW"},
    Refused{SF_FORMAT_DPCM_8, "DPCM"},
    Refused{SF_FORMAT_DPCM_16, "DPCM"},
};

template <typename Table>
const typename Table::value_type *find(const Table &table, int code)
{
    const auto at = std::find_if(table.begin(), table.end(),
                                 [code](const auto &row) { return row.code == code; });
    return at == table.end() ? nullptr : &*at;
}

struct Signature {
    std::size_t offset;
    std::string_view bytes;
    std::string_view meaning;
};

constexpr std::array signatures{
    Signature{8, "WAVE", "a WAV file that is damaged or uses an unknown codec"},
    Signature{0, "riff\x2E\x91\xCF\x11", "a W64 file that is damaged or uses an unknown codec"},
    Signature{0, "FORM", "an AIFF file that is damaged or uses an unknown codec"},
    Signature{0, "caff", "a CAF file that is damaged or uses an unknown codec"},
    Signature{0, ".snd", "an AU file that is damaged or uses an unknown codec"},
    Signature{0, "dns.", "an AU file that is damaged or uses an unknown codec"},
    Signature{0, "fLaC", "a FLAC file that is damaged"},
    Signature{0, "OggS", "an Ogg file that is damaged or holds no Vorbis or Opus sound"},
    Signature{4, "ftyp", "an MPEG-4 file (AAC or Apple Lossless), which cannot be read"},
    Signature{0, "\x30\x26\xB2\x75", "a Windows Media file, which cannot be read"},
    Signature{0, "\x1A\x45\xDF\xA3", "a Matroska or WebM file, which cannot be read"},
    Signature{0, "MThd", "a MIDI file: it holds notes and no sound"},
    Signature{0, "wvpk", "a WavPack file, which cannot be read"},
    Signature{0, "MAC ", "a Monkey's Audio file, which cannot be read"},
    Signature{0, "#!AMR", "an AMR file, which cannot be read"},
    Signature{0, "\x89PNG", "a picture"},
    Signature{0, "\xFF\xD8\xFF", "a picture"},
    Signature{0, "GIF8", "a picture"},
    Signature{0, "PK\x03\x04", "a ZIP archive"},
    Signature{0, "\x1F\x8B", "a compressed archive"},
    Signature{0, "7z\xBC\xAF", "a compressed archive"},
    Signature{0, "%PDF", "a PDF document"},
    Signature{0,
              "\x7F"
              "ELF",
              "a program"},
};

constexpr std::size_t fewestTellingBytes = 16;

const Signature *findSignature(std::span<const unsigned char> bytes)
{
    const auto matches = [bytes](const Signature &signature) {
        if (bytes.size() < signature.offset + signature.bytes.size())
            return false;
        return std::equal(
            signature.bytes.begin(), signature.bytes.end(),
            bytes.begin() + static_cast<std::ptrdiff_t>(signature.offset),
            [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; });
    };
    const auto at = std::find_if(signatures.begin(), signatures.end(), matches);
    return at == signatures.end() ? nullptr : &*at;
}

} // namespace

std::optional<AcceptedFormat> acceptedFormat(int format)
{
    const NamedContainer *container = find(namedContainers, format & SF_FORMAT_TYPEMASK);
    const Encoding *encoding = find(encodings, format & SF_FORMAT_SUBMASK);
    if (container == nullptr || encoding == nullptr)
        return std::nullopt;
    const bool flac = container->code == SF_FORMAT_FLAC;
    return AcceptedFormat{container->name, encoding->name, flac ? 0 : encoding->bytesPerSample,
                          encoding->lossy};
}

std::string_view refusedFormatName(int format)
{
    if (find(namedContainers, format & SF_FORMAT_TYPEMASK) == nullptr) {
        const Refused *container = find(refusedContainers, format & SF_FORMAT_TYPEMASK);
        return container == nullptr ? "an unknown format" : container->name;
    }
    const Refused *encoding = find(refusedEncodings, format & SF_FORMAT_SUBMASK);
    return encoding == nullptr ? "an unknown codec" : encoding->name;
}

std::string_view describeContents(std::span<const unsigned char> firstBytes)
{
    if (firstBytes.empty())
        return "an empty file";
    if (const Signature *signature = findSignature(firstBytes))
        return signature->meaning;
    if (firstBytes.size() < fewestTellingBytes)
        return "too short to hold any sound";
    const auto all = [firstBytes](auto predicate) {
        return std::all_of(firstBytes.begin(), firstBytes.end(), predicate);
    };
    if (all([](unsigned char c) { return c == 0; }))
        return "a file of nothing but zeros that was reserved on the disk and never written";
    if (all([](unsigned char c) { return (c >= 32 && c < 127) || (c >= 9 && c <= 13); }))
        return "a text";
    return {};
}

bool mayBeMpegAudio(std::span<const unsigned char> firstBytes)
{
    return findSignature(firstBytes) == nullptr;
}

} // namespace engine::io
