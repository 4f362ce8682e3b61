// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/RecipeTag.h"

#include "engine/io/CheckedFile.h"
#include "engine/io/DisplayName.h"
#include "engine/io/InputFile.h"
#include "engine/io/QuietStderr.h"
#include "engine/io/Recipe.h"

#include <algorithm>
#include <cassert>
#include <sys/stat.h>

namespace engine::io {

namespace {

constexpr std::string_view chunkName = "qdrc";

bool hasOwnChunk(Container container)
{
    return container == Container::Wav || container == Container::Rf64;
}

SF_CHUNK_INFO namedChunk()
{
    SF_CHUNK_INFO chunk{};
    std::ranges::copy(chunkName, chunk.id);
    chunk.id_size = chunkName.size();
    return chunk;
}

Result<std::optional<std::string>> textOfChunk(SNDFILE *sound, const std::filesystem::path &path)
{
    SF_CHUNK_INFO chunk = namedChunk();
    SF_CHUNK_ITERATOR *found = sf_get_chunk_iterator(sound, &chunk);
    if (!found || sf_get_chunk_size(found, &chunk) != SF_ERR_NO_ERROR)
        return std::nullopt;
    if (chunk.datalen > maxRecipeBytes)
        return fail(ErrorCode::BadData, "The recipe in " + quotedName(path) + " is too long",
                    "Nothing was loaded from it");
    std::string text(chunk.datalen, '\0');
    chunk.data = text.data();
    if (sf_get_chunk_data(found, &chunk) != SF_ERR_NO_ERROR)
        return std::nullopt;
    while (!text.empty() && text.back() == '\0') // chunks are padded
        text.pop_back();
    return text;
}

} // namespace

bool holdsRecipe(Container container)
{
    return container != Container::W64;
}

void embedRecipe(SNDFILE *sound, Container container, const std::string &recipe)
{
    assert(recipe.size() <= maxEmbeddedBytes);
    if (!holdsRecipe(container))
        return;
    if (!hasOwnChunk(container)) {
        sf_set_string(sound, SF_STR_COMMENT, recipe.c_str());
        return;
    }
    std::string bytes = recipe; // the library asks for memory that it may write to
    SF_CHUNK_INFO chunk = namedChunk();
    chunk.data = bytes.data();
    chunk.datalen = static_cast<unsigned>(bytes.size());
    sf_set_chunk(sound, &chunk);
}

Result<std::optional<std::string>> readRecipeText(const std::filesystem::path &path)
{
    const Result<InputFile> input = InputFile::open(path);
    if (!input)
        return tl::unexpected(input.error());
    struct stat status = {};
    if (::fstat(input->descriptor(), &status) != 0)
        return std::nullopt;
    CheckedFile file{input->descriptor(), 0, status.st_size, 0};
    const QuietStderr quiet(true);
    SF_INFO info{};
    const Sound sound(openSound(file, SFM_READ, info));
    if (!sound)
        return std::nullopt;
    Result<std::optional<std::string>> text = textOfChunk(sound.get(), path);
    if (!text || *text)
        return text;
    const char *comment = sf_get_string(sound.get(), SF_STR_COMMENT);
    if (!comment || !std::string_view(comment).starts_with('{'))
        return std::nullopt;
    if (std::string_view(comment).size() > maxRecipeBytes)
        return fail(ErrorCode::BadData, "The comment in " + quotedName(path) + " is too long",
                    "Nothing was loaded from it");
    return std::string(comment);
}

} // namespace engine::io
