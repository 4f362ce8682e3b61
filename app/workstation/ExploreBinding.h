// SPDX-License-Identifier: GPL-3.0-or-later
//
// Between snapshots, variations and history and everything that shows or asks for them: the
// inspector's page, the Chain menu, the marks on the knobs, the contact sheet.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/Actions.h"
#include "app/workstation/ChainBinding.h"
#include "app/workstation/Exploration.h"
#include "app/workstation/PlaybackController.h"
#include "app/workstation/SessionDocument.h"
#include "app/workstation/Strip.h"
#include "app/workstation/VariationRenderer.h"

#include <QPointer>

namespace app {

class ContactSheet;

class ExploreBinding final : public QObject {
    Q_OBJECT
public:
    ExploreBinding(QWidget &window, Session &session, SessionDocument &document, Locks &locks,
                   PreviewController &previews, ListenController &listening,
                   PlaybackController &playback, const ChainViews &views, Actions &actions,
                   Strip &strip);

    ~ExploreBinding() override;

    Exploration &exploration() { return exploration_; }

private:
    void connectPanel();
    void connectActions();
    void takeSnapshot();
    void keepDropped(std::int64_t taken, const Snapshot &dropped);
    void openSnapshots();
    void removeSnapshot(int index);
    void showSnapshots();
    void showRolls();
    void showLocks();
    void makePictures();
    QImage pictureOf(const engine::pipeline::Settings &settings) const;
    void openContactSheet();

    QWidget &window_;
    Session &session_;
    SessionDocument &document_;
    Locks &locks_;
    PreviewController &previews_;
    ListenController &listening_;
    PlaybackController &playback_;
    ChainViews views_;
    Actions &actions_;
    Strip &strip_;
    Exploration exploration_;
    struct Picture {
        engine::pipeline::Settings settings;
        QImage image;
    };
    std::vector<Picture> pictures_; ///< of snapshots, of the sound that is open
    std::vector<engine::pipeline::Settings> drawing_;
    QTimer compare_; ///< a knob moves more often than rows are worth a new text
    QTimer quiet_;
    QPointer<ContactSheet> sheet_;
    VariationRenderer renderer_;
};

} // namespace app
